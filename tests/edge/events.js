import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertError } from "../harness/client.js";
import { Events } from "../harness/socket.js";
import { person, studio, unique } from "./studio.js";

const refused = async (client, options) => {
  const events = new Events(client, options);
  const error = await events.opened.then(
    () => assert.fail("it was let in"),
    (error) => error,
  );
  return error.response.statusCode;
};

describe("events", () => {
  test("begin with a snapshot and reach every tab", async () => {
    const { client, model } = await person("events");
    const tabs = [await Events.open(client), await Events.open(client)];
    for (const tab of tabs) await tab.next("the snapshot", ({ type }) => type === "snapshot");
    const made = await client.ask({ model, text: unique("in two tabs"), overrides: { steps: 4 } });
    for (const tab of tabs) {
      assert.equal(tab.messages[0].type, "snapshot");
      const last = await tab.next(
        "the end",
        (m) => m.type === "generation" && m.generation.id === made.id && m.generation.status === "succeeded",
      );
      assert.deepEqual(last.generation, await client.generation(made.id));
    }
    const late = await Events.open(client);
    const { generations } = await late.next("the snapshot", ({ type }) => type === "snapshot");
    assert.equal(generations[0].id, made.id);
    assert.deepEqual(generations, (await client.get("/api/generations")).json.generations);
    for (const tab of [...tabs, late]) tab.close();
  });

  test("announce a deleted picture", async () => {
    const { client, model } = await person("events");
    const made = await client.ask({ model, text: unique("to be deleted"), overrides: { steps: 4 } });
    const [picture] = (await client.finished(made.id)).pictures;
    const events = await Events.open(client);
    assert.equal((await client.delete(`/api/pictures/${picture.id}`)).status, 204);
    const message = await events.next("the deletion", ({ type }) => type === "picture_deleted");
    const { seq } = message;
    assert.deepEqual(message, { seq, type: "picture_deleted", generation: made.id, picture: picture.id });
    events.close();
  });

  test("are numbered one by one, and a client that was away catches up", async () => {
    const { client, model } = await person("events");
    const first = await Events.open(client);
    const snapshot = await first.next("the snapshot", ({ type }) => type === "snapshot");
    const made = await client.ask({ model, text: unique("before the break"), overrides: { steps: 4 } });
    await client.finished(made.id);
    const ended = await first.next(
      "the end",
      (m) => m.generation?.id === made.id && m.generation.status === "succeeded",
    );
    for (const [index, { seq }] of first.messages.entries()) assert.equal(seq, snapshot.seq + index);
    first.close();

    const gone = await client.ask({ model, text: unique("made and deleted meanwhile"), overrides: { steps: 4 } });
    await client.finished(gone.id);
    assert.equal((await client.delete(`/api/generations/${gone.id}`)).status, 204);
    const kept = await client.ask({ model, text: unique("made meanwhile"), overrides: { steps: 4 } });
    await client.finished(kept.id);

    const second = await Events.open(client, { after: ended.seq });
    const missed = await second.next("what was missed", ({ type }) => type === "changes");
    assert.equal(second.messages[0], missed);
    const listed = (await client.get("/api/generations")).json.generations;
    assert.deepEqual(missed.generations, [listed.find(({ id }) => id === kept.id)]);
    assert.deepEqual(missed.events, [{ type: "bin_changed" }, { type: "generation_deleted", generation: gone.id }]);
    assert.equal((await client.delete(`/api/generations/${kept.id}`)).status, 204);
    const next = await second.next("the next event", ({ type }) => type === "generation_deleted");
    assert.equal(next.seq, missed.seq + 1);
    second.close();

    const ahead = await Events.open(client, { after: 9_000_000 });
    await ahead.next("the snapshot", ({ type }) => type === "snapshot");
    ahead.close();
    for (const query of ["after=x", "after=-1", "after=1&after=2", "since=1"])
      assertError(await client.get(`/api/events?${query}`), 400, "invalid_query", "after");
  });

  test("need a session and the studio's own origin", async () => {
    const { client } = await person("events");
    assert.equal(await refused(studio.anonymous()), 401);
    assert.equal(await refused(client, { origin: "https://evil.example" }), 403);
    assertError(await client.get("/api/events"), 426, "upgrade_required");
  });

  test("messages from the page are ignored, and events go on", async () => {
    const { client, model } = await person("events");
    const events = await Events.open(client);
    for (const message of ["hello", "{", "\u0000", JSON.stringify({ type: "snapshot" }), "x".repeat(100_000)])
      events.socket.send(message);
    const made = await client.ask({ model, text: unique("after the noise"), overrides: { steps: 4 } });
    await events.next("the end", (m) => m.generation?.id === made.id && m.generation.status === "succeeded");
    events.close();
  });

  test("end with the session", async () => {
    const { id } = await person("events");
    const client = await studio.signIn(id);
    const events = await Events.open(client);
    assert.equal((await client.delete("/api/session")).status, 204);
    await events.ended();
  });
});
