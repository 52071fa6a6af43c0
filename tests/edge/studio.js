// The one studio that this suite's files share, and the people who need no model of their own to be alone.
import { after, before } from "node:test";
import { Studio } from "../harness/studio.js";

/** @type {Studio} */
export let studio;
const people = new Map();

const first = [];
/** What has to be begun before any test. */
export const beginWith = (work) => first.push(work);

before(async () => {
  studio = await Studio.start({ speed: 20 });
  for (const work of first) await work();
});
after(() => studio?.stop());

/** The person of that name, made when first asked for. The stand-in's models are few, so tests share people. */
export function person(name) {
  if (!people.has(name)) people.set(name, studio.person({ name }));
  return people.get(name);
}

let words = 0;
/** A text that no other test sends, to find it again at the stand-in. */
export const unique = (about) => `${about} number ${++words}`;
