import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { seriesRecord } from "../fixtures";
import { deleteRecord, followed } from "./record";
import { dropSeries, resetSeries, takeSeries } from "./series";

const settled = () => new Promise((done) => setTimeout(done));
/** Answers with `responses` one after another, and says how many were asked for. */
function answers(...responses: (() => Response)[]): () => number {
  let asked = 0;
  globalThis.fetch = async () => {
    asked += 1;
    const next = responses[asked - 1];
    assert.ok(next, "one request too many");
    return next();
  };
  return () => asked;
}
const missing = () =>
  Response.json({ error: { code: "not_found", message: "No.", request_id: "req_1" } }, { status: 404 });

beforeEach(resetSeries);

test("an older record never replaces a newer one", () => {
  const record = followed("ser_1");
  record.take(seriesRecord("ser_1", 3));
  record.take(seriesRecord("ser_1", 2));
  assert.equal(record.value.value?.revision, 3);
});

test("an error is cleared once the record has loaded", async () => {
  const record = followed("ser_1");
  answers(missing, () => Response.json(seriesRecord("ser_1", 1)));
  await record.load();
  assert.equal(record.error.value?.code, "not_found");
  await record.load();
  assert.equal(record.error.value, null);
  assert.equal(record.value.value?.revision, 1);
});

test("a series that is deleted elsewhere is asked for again, and not found", async () => {
  const record = followed("ser_1");
  const asked = answers(() => Response.json(seriesRecord("ser_1", 1)), missing);
  record.follow();
  await settled();
  record.follow();
  assert.equal(asked(), 1, "nothing has changed");
  dropSeries("ser_1");
  record.follow();
  await settled();
  assert.equal(record.error.value?.code, "not_found");
});

test("a series that this page deletes is not asked for again when its event comes before the answer", async () => {
  const record = followed("ser_1");
  record.take(seriesRecord("ser_1", 1));
  const asked = answers(() => new Response(null, { status: 204 }));
  const deleted = deleteRecord("ser_1");
  dropSeries("ser_1");
  record.follow();
  await deleted;
  assert.equal(asked(), 1, "the deletion alone");
});

test("a newer revision in the list loads the record again", async () => {
  const record = followed("ser_1");
  record.take(seriesRecord("ser_1", 1));
  takeSeries(seriesRecord("ser_1", 2));
  answers(() => Response.json(seriesRecord("ser_1", 2)));
  record.follow();
  await settled();
  assert.equal(record.value.value?.revision, 2);
});
