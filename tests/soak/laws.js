// What holds after every restart, whatever was killed.
import assert from "node:assert/strict";

/** No generation asked the provider twice: one create that may have been executed, and one prediction. */
export async function assertNoDoubleCreate(soak) {
  const predictions = new Map();
  for (const { input } of await soak.standIn.predictions()) {
    const text = soak.textIn(input?.prompt);
    if (text) predictions.set(text, (predictions.get(text) ?? 0) + 1);
  }
  for (const [what, counts] of Object.entries({ creates: await soak.creates(), predictions })) {
    for (const [text, number] of counts) assert.equal(number, 1, `${number} ${what} for "${text}"`);
  }
}

/** Every acknowledged generation exists, with the words that were sent. */
export async function assertNothingLost(soak) {
  for (const { person, id, text } of soak.acknowledged) {
    const answer = await person.client.get(`/api/generations/${id}`);
    assert.equal(answer.status, 200, `the acknowledged ${id} ("${text}"): ${answer.text}`);
    assert.equal(answer.json.request.text, text);
  }
}

/** Every generation of a person, from the paged list. */
export async function listOf(person) {
  const generations = [];
  let cursor = "";
  do {
    const page = await person.client.get(`/api/generations?limit=100${cursor}`);
    assert.equal(page.status, 200, page.text);
    generations.push(...page.json.generations);
    cursor = page.json.next_cursor && `&cursor=${encodeURIComponent(page.json.next_cursor)}`;
  } while (cursor);
  return generations;
}

/** Every listed picture can be read whole. Returns how many there are. */
export async function assertPicturesReadable(person, generations, seen) {
  const pictures = generations.flatMap((generation) => generation.pictures);
  for (const { id, bytes } of pictures) {
    if (seen.has(id)) continue;
    const answer = await person.client.get(`/api/images/${id}`);
    assert.equal(answer.status, 200, answer.where);
    assert.equal(answer.bytes.length, bytes, answer.where);
    seen.add(id);
  }
  return pictures.length;
}

/**
 * The ledger balances: what is granted has not changed, what is used are the listed pictures and at most those of
 * canceled generations, what is reserved belongs to generations under way, and nothing is overspent.
 */
export async function assertLedger(person, generations, granted) {
  const answer = await person.client.get("/api/me");
  assert.equal(answer.status, 200, answer.text);
  const { allowance } = answer.json;
  const sum = (list, of) => list.reduce((total, one) => total + of(one), 0);
  const stored = sum(generations, ({ pictures }) => pictures.length);
  const isOver = ({ status }) => ["succeeded", "failed", "canceled"].includes(status);
  const asked = ({ request }) => request.pictures;
  const canceled = generations.filter(({ status }) => status === "canceled");
  const underWay = generations.filter((generation) => !isOver(generation));
  const where = JSON.stringify({ person: person.id, allowance, stored });
  assert.equal(allowance.granted, granted, where);
  assert.ok(allowance.used + allowance.reserved <= granted, where);
  assert.ok(allowance.used >= stored - sum(underWay, ({ pictures }) => pictures.length), where);
  assert.ok(allowance.used <= stored + sum(canceled, asked), where);
  assert.ok(allowance.reserved <= sum(underWay, asked), where);
  if (underWay.length === 0) assert.equal(allowance.reserved, 0, where);
}
