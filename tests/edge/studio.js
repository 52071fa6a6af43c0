// The studio and the people that the files of this suite share.
import { after, before } from "node:test";
import { Studio } from "../harness/studio.js";

/** @type {Studio} */
export let studio;
const people = new Map();

const first = [];
/** Runs `work` before any test. */
export const beginWith = (work) => first.push(work);

before(async () => {
  studio = await Studio.start({ speed: 20 });
  for (const work of first) await work();
});
after(() => studio?.stop());

/** The person of that name, created on first use. The stand-in has few models, so tests share people. */
export function person(name) {
  if (!people.has(name)) people.set(name, studio.person({ name }));
  return people.get(name);
}

let words = 0;
/** A text that no other test sends, by which its requests are found at the stand-in. */
export const unique = (about) => `${about} number ${++words}`;
