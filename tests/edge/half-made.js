// People whose creation stopped half-way, in a studio of their own: the directory is changed to what a Worker leaves that
// dies at each point.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertError, Client } from "../harness/client.js";
import { link } from "../harness/tokens.js";
import { Worker } from "../harness/worker.js";
import { deletePerson } from "./deletion.js";
import { studio } from "./studio.js";

const INTENT = (id, name, key = "") =>
  `INSERT INTO creations (id, name, allowance, operator, key, started_at)
   VALUES ('${id}', '${name}', 5, 'studio', nullif('${key}', ''), 1)`;

describe("somebody who was created half-way", () => {
  test("is listed, and is finished or deleted", async () => {
    const worker = await Worker.start({ STAND_IN_URL: studio.standIn.origin });
    try {
      const operator = new Client(worker.origin);
      assert.equal((await operator.signIn(link("studio", { role: "operator" }))).status, 200);
      const create = (body, headers) => operator.post("/api/operator/people", body, { headers });
      const body = (id, name = "Half") => ({ id, name, allowance: 5 });
      const made = {};
      for (const id of ["opened-1", "opened-2"]) assert.equal((await create(body(id))).status, 201);
      const { id: keyed } = (await create({ name: "Half", allowance: 5 }, { "idempotency-key": "k" })).json;
      await worker.kill();
      // The Worker died after the intent (`intended`), or after the studio was opened (`opened`).
      await worker.directory(
        ["opened-1", "opened-2", keyed].map((id) => `DELETE FROM users WHERE id = '${id}'`).join(";"),
        "DELETE FROM operator_requests",
        ...["intended-1", "intended-2", "opened-1", "opened-2"].map((id) => INTENT(id, "Half")),
        INTENT(keyed, "Half", "k"),
      );
      await worker.start();
      const statuses = async () => {
        const { people } = (await operator.get("/api/operator/people?limit=100")).json;
        return Object.fromEntries(people.map(({ id, status }) => [id, status]));
      };
      const half = ["intended-1", "intended-2", "opened-1", "opened-2", keyed];
      const listed = await statuses();
      for (const id of half) assert.equal(listed[id], "creating", id);
      for (const id of half) assertError(await operator.post(`/api/operator/people/${id}/link`, {}), 404, "not_found");

      for (const id of ["intended-1", "opened-1"]) {
        assertError(await create(body(id, "Another")), 409, "person_exists", "id");
        const finished = await create(body(id));
        assert.equal(finished.status, 201, finished.text);
        assert.equal(finished.json.status, "active");
        made[id] = "active";
      }
      const again = await create({ name: "Half", allowance: 5 }, { "idempotency-key": "k" });
      assert.deepEqual([again.status, again.json.id], [201, keyed], again.text);
      for (const id of ["intended-2", "opened-2"]) {
        await deletePerson(operator, id);
        assertError(await operator.delete(`/api/operator/people/${id}`, { json: { confirm: id } }), 404, "not_found");
      }
      assert.deepEqual(await statuses(), { studio: "active", [keyed]: "active", ...made });
      assert.equal((await create(body("opened-2", "Another"))).status, 201, "nothing is left of the first");
      const minted = await operator.post("/api/operator/people/opened-1/link", {});
      assert.equal(minted.status, 200, minted.text);
    } finally {
      await worker.stop();
    }
  });
});
