import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { person, studio, unique } from "./studio.js";

describe("an export", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "selfsame-export-"));
  const read = (name) => readFileSync(path.join(folder, name));
  let maker;
  let generation;

  before(async () => {
    maker = await person("images");
    const { client, model } = maker;
    const made = await client.ask({ model, text: unique("for the export"), pictures: 2, overrides: { steps: 4 } });
    generation = await client.finished(made.id);
  });
  after(() => rmSync(folder, { recursive: true }));

  test("is unpacked by tar, and its pictures are the stored bytes", async () => {
    const { client, id } = maker;
    const [{ id: kept }, { id: binned }] = generation.pictures;
    const bytes = (await client.get(`/api/images/${kept}`)).bytes;
    const binnedBytes = (await client.get(`/api/images/${binned}`)).bytes;
    await client.delete(`/api/pictures/${binned}`);

    const archive = await client.get("/api/me/export");
    assert.equal(archive.status, 200);
    assert.equal(archive.headers.get("content-type"), "application/x-tar");
    assert.match(archive.headers.get("content-disposition"), /attachment; filename="selfsame-[\d-]{10}\.tar"/);
    writeFileSync(path.join(folder, "all.tar"), archive.bytes);
    execFileSync("tar", ["-xf", "all.tar"], { cwd: folder });

    assert.deepEqual(read(`pictures/${kept}.webp`), Buffer.from(bytes));
    assert.deepEqual(read(`pictures/${binned}.webp`), Buffer.from(binnedBytes));
    const written = JSON.parse(read(`generations/${generation.id}.json`));
    assert.deepEqual(written.pictures, generation.pictures);
    assert.equal(written.prompt, generation.prompt);
    assert.equal(JSON.parse(read("account.json")).id, id);
    const ledger = readdirSync(path.join(folder, "ledger")).flatMap((name) => JSON.parse(read(`ledger/${name}`)));
    const ours = ledger.filter((entry) => entry.generation === generation.id);
    assert.deepEqual(
      ours.map(({ kind }) => kind),
      ["reserve", "settle"],
    );
    const accesses = readdirSync(path.join(folder, "access-log"));
    const log = accesses.flatMap((name) => JSON.parse(read(`access-log/${name}`)));
    assert.ok(log.some(({ action }) => action === "exported"));
    assert.deepEqual(JSON.parse(read("index.json")).left_out, []);
  });

  test("names a picture that the store has lost, and goes on", async () => {
    const { client, id } = maker;
    const [{ id: lost }, { id: kept }] = generation.pictures;
    await studio.worker.deleteObject("selfsame-pictures", `people/${id}/pictures/${lost}`);
    writeFileSync(path.join(folder, "lost.tar"), (await client.get("/api/me/export")).bytes);
    const names = execFileSync("tar", ["-tf", "lost.tar"], { cwd: folder, encoding: "utf8" }).split("\n");
    assert.ok(names.includes(`pictures/${kept}.webp`) && !names.includes(`pictures/${lost}.webp`));
    const index = JSON.parse(execFileSync("tar", ["-xOf", "lost.tar", "index.json"], { cwd: folder }));
    assert.deepEqual(index.left_out, [{ path: `pictures/${lost}.webp`, reason: "missing" }]);
  });

  test("needs a session, and has no body when only its headers are asked for", async () => {
    assertError(await studio.anonymous().get("/api/me/export"), 401, "unauthenticated");
    const head = await maker.client.request("HEAD", "/api/me/export");
    assert.equal(head.status, 200);
    assert.equal(head.bytes.length, 0);
  });
});
