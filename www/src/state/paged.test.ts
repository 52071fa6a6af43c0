import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../api/error";
import { type Page, paged } from "./paged";

const failure = new ApiError("unreachable", "no", 0, null, null);

test("a list grows page by page until the last one", async () => {
  const pages: Record<string, Page<number>> = {
    first: { items: [1, 2], next: "second" },
    second: { items: [3], next: null },
  };
  const list = paged((cursor) => Promise.resolve(pages[cursor ?? "first"] as Page<number>));
  assert.equal(list.items.value, null);
  await list.reload();
  assert.deepEqual([list.items.value, list.hasMore.value], [[1, 2], true]);
  await list.more();
  assert.deepEqual([list.items.value, list.hasMore.value], [[1, 2, 3], false]);
});

test("a page that fails keeps what is shown and can be asked for again", async () => {
  let fails = false;
  const list = paged((cursor) => {
    if (fails) return Promise.reject(failure);
    return Promise.resolve({ items: [cursor ?? "first"], next: "next" });
  });
  await list.reload();
  fails = true;
  await list.more();
  assert.deepEqual([list.items.value, list.error.value], [["first"], failure]);
  fails = false;
  await list.more();
  assert.deepEqual([list.items.value, list.error.value], [["first", "next"], null]);
});

test("a page that arrives after the list was loaded anew is dropped", async () => {
  let arrive = (_: Page<string>) => {};
  const list = paged((cursor) =>
    cursor === null
      ? Promise.resolve({ items: ["first"], next: "next" })
      : new Promise<Page<string>>((resolve) => (arrive = resolve)),
  );
  await list.reload();
  const late = list.more();
  await list.reload();
  arrive({ items: ["late"], next: null });
  await late;
  assert.deepEqual([list.items.value, list.hasMore.value], [["first"], true]);
});
