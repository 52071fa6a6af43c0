import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { AccessEntry, Me } from "../../api/types";
import { session } from "../session";
import { acceptSignIns, notices, rejectSignIn, takeNotice } from "./notices";

const entry = (id: number): AccessEntry => ({
  id,
  at: "2026-01-01T00:00:00.000Z",
  actor: "person",
  operator: null,
  action: "signed_in",
  detail: "Firefox on Linux",
  session: `ses_${id}`,
  request: null,
});
const me: Me = {
  id: "ada",
  name: "Ada",
  role: "person",
  allowance: { granted: null, used: 0, reserved: 0 },
  session_expires_at: "2026-01-02T00:00:00.000Z",
  notices: [entry(1)],
};
const shown = () => notices.value.map(({ id }) => id);

let asked: string[] = [];
/** Answers each request with 204, or with the status of `refused` where its address matches. */
const answer = (refused?: { path: string; status: number; code: string }) => {
  globalThis.fetch = async (path, init) => {
    asked.push(`${init?.method} ${path}`);
    if (refused === undefined || refused.path !== path) return new Response(null, { status: 204 });
    const { status, code } = refused;
    return Response.json({ error: { code, message: code, request_id: "req_1" } }, { status });
  };
};

beforeEach(() => {
  asked = [];
  session.value = { state: "signed_in", me };
  answer();
});

test("a notice is shown once, however often it arrives", () => {
  takeNotice(entry(2));
  takeNotice(entry(2));
  takeNotice(entry(1));
  assert.deepEqual(shown(), [2, 1]);
});

test("ending the last sign-in in question marks the notices as seen", async () => {
  takeNotice(entry(2));
  await rejectSignIn(entry(2));
  assert.deepEqual(shown(), [1]);
  await rejectSignIn(entry(1));
  assert.deepEqual(shown(), []);
  assert.deepEqual(asked, ["DELETE /api/sign-ins/ses_2", "DELETE /api/sign-ins/ses_1", "DELETE /api/me/notices"]);
});

test("a session that has ended already counts as ended", async () => {
  answer({ path: "/api/sign-ins/ses_1", status: 404, code: "not_found" });
  await rejectSignIn(entry(1));
  assert.deepEqual(shown(), []);
});

test("a notice stays when the studio does not answer", async () => {
  answer({ path: "/api/sign-ins/ses_1", status: 500, code: "internal" });
  await assert.rejects(rejectSignIn(entry(1)));
  answer({ path: "/api/me/notices", status: 500, code: "internal" });
  await assert.rejects(acceptSignIns());
  assert.deepEqual(shown(), [1]);
});
