import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { until } from "../harness/until.js";
import { person, unique } from "./studio.js";

describe("a picture's smaller versions", () => {
  let client;
  let picture;
  const smaller = (side, options) => client.get(`/api/images/${picture.id}?size=${side}`, options);

  before(async () => {
    const maker = await person("images");
    client = maker.client;
    const made = await client.ask({ model: maker.model, text: unique("to be small"), overrides: { steps: 4 } });
    [picture] = (await client.finished(made.id)).pictures;
    await until("its smaller versions are made", async () => {
      const answer = await smaller(256);
      assert.equal(answer.status, 200, answer.text);
      return answer.headers.get("content-type") === "image/jpeg";
    });
  });

  test("are marked JPEGs with so many pixels on the long side", async () => {
    for (const side of [256, 512]) {
      const { bytes, headers } = await smaller(side);
      assert.equal(Math.max(...jpegSize(bytes)), side);
      assert.ok(bytes.length < picture.bytes, `${bytes.length} of ${picture.bytes}`);
      assert.ok(bytes.includes("digitalsourcetype/trainedAlgorithmicMedia"));
      assert.match(headers.get("cache-control"), /^private, .*immutable$/);
      assert.match(headers.get("content-disposition"), /\.jpg"$/);
      const etag = headers.get("etag");
      const again = await smaller(side, { headers: { "if-none-match": etag } });
      assert.equal(again.status, 304);
      const part = await smaller(side, { headers: { range: "bytes=0-9" } });
      assert.equal(part.status, 206);
      assert.ok(part.bytes.equals(bytes.subarray(0, 10)));
    }
  });

  test("leave the picture itself as it was", async () => {
    const whole = await client.get(`/api/images/${picture.id}`);
    assert.equal(whole.headers.get("content-type"), `image/${picture.format}`);
    assert.equal(whole.bytes.length, picture.bytes);
  });

  test("have three sizes and no others", async () => {
    for (const side of ["", "300", "0", "-256", "1024px"]) {
      const answer = await smaller(side);
      assertError(answer, 400, "invalid_query");
      assert.equal(answer.json.error.field, "size");
    }
  });

  test("are the same 404 for a foreign picture", async () => {
    const { client: other } = await person("pages");
    assertError(await other.get(`/api/images/${picture.id}?size=256`), 404, "not_found");
  });
});

/** Width and height in the frame header of a JPEG (ITU-T T.81, B.2.2). */
function jpegSize(bytes) {
  for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1];
    if (marker === 0xc0 || marker === 0xc2) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
  }
  throw new Error("a JPEG without a frame header");
}
