import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { person, studio, unique } from "./studio.js";

const ADDRESS = "/api/pictures/archive";
/** Bytes: two pictures of up to 8 MB, each byte as two digits. Node's own limit is one megabyte. */
const LARGEST_OUTPUT = 32 * 1024 * 1024;
/** Reads every file of an archive with Python's library and prints what it found. */
const READ = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    assert archive.testzip() is None
    infos = archive.infolist()
    assert all(info.compress_type == zipfile.ZIP_STORED for info in infos)
    print(json.dumps({info.filename: archive.read(info).hex() for info in infos}))
`;

describe("an archive of chosen pictures", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "selfsame-archive-"));
  const file = path.join(folder, "pictures.zip");
  let maker;
  let pictures;

  before(async () => {
    maker = await person("images");
    const { client, model } = maker;
    const text = unique("Reading in a “Café”");
    const made = await client.ask({ model, text, pictures: 2, overrides: { steps: 4 } });
    pictures = (await client.finished(made.id)).pictures;
  });
  after(() => rmSync(folder, { recursive: true }));

  /** The files of the archive, after both `unzip` and Python have read it whole. */
  function read(archive) {
    writeFileSync(file, archive.bytes);
    execFileSync("unzip", ["-tq", file]);
    const output = execFileSync("python3", ["-c", READ, file], { encoding: "utf8", maxBuffer: LARGEST_OUTPUT });
    return JSON.parse(output);
  }

  test("is read by unzip and Python, and its pictures are the stored bytes", async () => {
    const { client } = maker;
    const ids = [pictures[1].id, pictures[0].id];
    const archive = await client.post(ADDRESS, { pictures: { ids } });
    assert.equal(archive.status, 200, archive.text);
    assert.equal(archive.headers.get("content-type"), "application/zip");
    assert.match(archive.headers.get("content-disposition"), /attachment; filename="selfsame-[\d-]{10}\.zip"/);
    const files = read(archive);
    const names = Object.keys(files);
    assert.equal(names.length, 2);
    for (const [index, name] of names.entries()) {
      assert.match(name, new RegExp(`^\\d{4}-\\d\\d-\\d\\d-reading-in-a-café.*-00${index + 1}\\.webp$`));
      const { bytes } = await client.get(`/api/images/${ids[index]}`);
      assert.equal(files[name], Buffer.from(bytes).toString("hex"));
    }
  });

  test("has each picture's recipe beside it if asked for", async () => {
    const ids = pictures.map(({ id }) => id);
    const files = read(await maker.client.post(ADDRESS, { pictures: { ids }, recipes: true }));
    const recipes = Object.keys(files).filter((name) => name.endsWith(".json"));
    assert.equal(recipes.length, 2);
    for (const [index, name] of recipes.entries()) {
      assert.ok(files[name.replace(".json", ".webp")], name);
      assert.deepEqual(JSON.parse(Buffer.from(files[name], "hex")), pictures[index].recipe);
    }
  });

  test("takes a query instead", async () => {
    const query = { q: "Reading Café" };
    const files = read(await maker.client.post(ADDRESS, { pictures: { query } }));
    assert.equal(Object.keys(files).length, 2);
  });

  test("of foreign, unknown or no pictures is the same 404", async () => {
    const { client: other } = await person("pages");
    const ids = [pictures[0].id];
    assertError(await other.post(ADDRESS, { pictures: { ids } }), 404, "not_found");
    const unknown = [`pic_${"0".repeat(26)}`];
    assertError(await maker.client.post(ADDRESS, { pictures: { ids: unknown } }), 404, "not_found");
    assertError(await maker.client.post(ADDRESS, { pictures: { ids: [] } }), 404, "not_found");
    assertError(await studio.anonymous().post(ADDRESS, { pictures: { ids } }), 401, "unauthenticated");
  });

  test("names a picture that the store has lost, and has the others", async () => {
    const { client, id } = maker;
    const ids = pictures.map((picture) => picture.id);
    await studio.worker.deleteObject("selfsame-pictures", `people/${id}/pictures/${ids[0]}`);
    const files = read(await client.post(ADDRESS, { pictures: { ids } }));
    const names = Object.keys(files);
    assert.equal(names.length, 2);
    assert.match(names[0], /-002\.webp$/);
    assert.equal(names[1], "missing.txt");
    assert.match(Buffer.from(files[names[1]], "hex").toString(), /^1 picture .*\n.*-001\.webp\n$/);
  });
});
