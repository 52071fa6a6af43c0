// What the gallery of a studio with 10,000 pictures costs, and whether opening a studio and its event stream grows with its
// history: processor time of workerd per request. `cargo xtask bench gallery` runs it; it fails over its budget.
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import WebSocket from "ws";
import { ALBUM, fill } from "./history.mjs";
import { Load } from "./load.mjs";
import { runStudio, startStudio } from "./sides.mjs";
import { Upstream } from "./upstream.mjs";

const PICTURES = 10_000;
const FEW_PICTURES = 100;
const BUDGET_MILLISECONDS = 10;
const ROUNDS = 5;
const REQUESTS = 20;
const OPENINGS = 8;
const ROW = 40;

const script = resolve(process.argv[2], "index.js");
const persist = mkdtempSync(join(tmpdir(), "selfsame-bench-"));
const upstream = await Upstream.start();
let runtime;
let over = false;
try {
  upstream.pictures = true;
  const studio = await startStudio(script, upstream, persist, 3);
  runtime = studio.runtime;
  const [many, few, other] = studio.all;
  await measure(runtime, 3, studio.create);
  await runtime.stop();
  await fill(persist, many.id, PICTURES);
  await fill(persist, few.id, FEW_PICTURES);
  const restart = async () => {
    runtime = await runStudio(script, upstream, persist);
    await measure(runtime, 1, get(other, "/api/me"));
  };

  await restart();
  console.log(`milliseconds of processor time per request, ${PICTURES} pictures, median of ${ROUNDS} rounds\n`);
  const deep = await cursorAfter(many, 60);
  for (const [name, query] of [
    ["a page of 80", ""],
    ["a page of 80, 60 pages on", `cursor=${deep}`],
    ["a word that every picture has", "q=portrait"],
    ["a word that one in seven has", "q=teal"],
    ["a word that four have", "q=quokka"],
    ["a word that none has", "q=zebra"],
    ["three beginnings of words", "q=mus+rainc+lis"],
    ["a word among the favourites", "q=coat&favourite=true"],
    ["a word in an album", `q=scarf&album=${ALBUM}`],
    ["an album", `album=${ALBUM}`],
    ["the favourites", "favourite=true"],
    ["a preset that none has", "preset=classic"],
  ]) {
    const request = get(many, `/api/pictures?limit=80&${query}`);
    const times = [];
    for (let round = 0; round <= ROUNDS; round += 1) times.push(await measure(runtime, REQUESTS, request));
    const time = median(times.slice(1));
    over ||= time > BUDGET_MILLISECONDS;
    console.log(
      `${name.padEnd(ROW)}${time.toFixed(2).padStart(8)}${time > BUDGET_MILLISECONDS ? "  over budget" : ""}`,
    );
  }
  await runtime.stop();

  console.log(`\nopening the studio, median of ${OPENINGS}\n`);
  for (const [name, opening] of [
    ["and GET /api/me", (person) => measure(runtime, 1, get(person, "/api/me"))],
    ["and the event stream", (person) => spent(runtime, () => snapshot(person))],
  ]) {
    const times = { many: [], few: [] };
    for (let round = 0; round < OPENINGS; round += 1) {
      await restart();
      // They take turns, because the first one opened pays for what both need.
      const people = Object.entries({ many, few });
      for (const [whose, person] of round % 2 === 0 ? people : people.reverse())
        times[whose].push(await opening(person));
      await runtime.stop();
    }
    for (const [whose, pictures] of Object.entries({ few: FEW_PICTURES, many: PICTURES })) {
      const row = `${name}, ${pictures} pictures`;
      console.log(`${row.padEnd(ROW)}${median(times[whose]).toFixed(2).padStart(8)}`);
    }
  }
  runtime = undefined;
  if (over) process.exitCode = 1;
} finally {
  await runtime?.stop();
  upstream.stop();
  rmSync(persist, { recursive: true, force: true });
}

function get({ headers }, path) {
  return () => ({ path, headers });
}

/** The cursor after so many pages. */
async function cursorAfter({ headers }, pages) {
  let cursor = "";
  for (let page = 0; page < pages; page += 1) {
    const query = cursor && `&cursor=${cursor}`;
    const answer = await fetch(`${runtime.origin}/api/pictures?limit=80${query}`, { headers });
    const { pictures, next_cursor } = await answer.json();
    if (pictures.length !== 80) throw new Error(`a page has ${pictures.length} pictures`);
    cursor = next_cursor;
  }
  return cursor;
}

/** Opens the event stream and waits for its first message. */
async function snapshot({ headers }) {
  const socket = new WebSocket(`${runtime.origin.replace("http", "ws")}/api/events`, {
    headers: { ...headers, origin: runtime.origin },
  });
  const [message] = await once(socket, "message");
  if (JSON.parse(message).type !== "snapshot") throw new Error(`the first message is ${message}`);
  socket.close();
}

/** Milliseconds of processor time per request. */
async function measure(runtime, count, request) {
  const load = new Load(runtime.origin, 1);
  const time = await spent(runtime, () => load.run(count, request));
  load.close();
  return time / count;
}

/** Milliseconds of processor time that `work` takes. */
async function spent(runtime, work) {
  await runtime.quiet();
  const before = runtime.preciseTime();
  await work();
  await runtime.quiet();
  return runtime.preciseTime() - before;
}

function median(times) {
  return [...times].sort((a, b) => a - b)[times.length >> 1];
}
