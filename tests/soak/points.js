// The moments at which the Worker is killed. Each holds a response of the stand-in back, so that the kill falls between a
// request and its response, or waits for something that the stand-in has recorded.
import { sleep, until } from "../harness/until.js";

/** Holds a response for longer than any kill takes. */
const HELD = { kind: "delay", ms: 3000 };
/** Executes the request and sends its response byte by byte. */
const DRIPPED = { kind: "drip", ms: 100, bytes: 8 };

/** Waits until the response of `endpoint` that `action` holds back is under way. */
const held = (endpoint, action) => ({
  prepare: (soak, prompt) => soak.standIn.fault(action, { endpoint, prompt }),
  reached: async (soak, prompt) => {
    const scripts = await soak.standIn.faults();
    return scripts.some(
      ({ match, action: scripted, applied }) =>
        applied > 0 && match.endpoint === endpoint && match.prompt === prompt && scripted.kind === action.kind,
    );
  },
});

/** Lists are not of one prompt. */
const listed = {
  prepare: async (soak, prompt) => {
    await soak.standIn.fault({ kind: "accept_then_drop" }, { prompt });
    await soak.standIn.fault(HELD, { endpoint: "list" });
  },
  reached: async (soak) => {
    const scripts = await soak.standIn.faults();
    return scripts.some(({ match, applied }) => match.endpoint === "list" && applied > 0);
  },
};

/** Named points, each with the point at which it is reached. */
export const POINTS = {
  "at a random moment": {
    prepare: (soak) => {
      soak.moment = Date.now() + soak.random.below(4000);
    },
    reached: (soak) => Date.now() >= soak.moment,
  },
  "while a create is answered": held("create", DRIPPED),
  "when a create has been answered": {
    prepare: () => {},
    reached: async (soak, prompt) => (await soak.standIn.creates(prompt)).some(({ status }) => status === 201),
  },
  "while a poll is answered": held("get", HELD),
  "while a lost create is looked for": listed,
  "while a picture is asked for": held("output", HELD),
  "while a picture arrives": held("output", { kind: "drip", ms: 40, bytes: 512 }),
  "while a cancel is answered": {
    prepare: (soak, prompt) =>
      Promise.all([
        soak.standIn.fault({ kind: "slow", factor: 6 }, { prompt }),
        soak.standIn.fault(HELD, { endpoint: "cancel", prompt }),
      ]),
    reached: async (soak, prompt) => {
      const mine = soak.acknowledged.find(({ text }) => text === prompt);
      const started = (await soak.standIn.predictions(prompt)).length > 0;
      if (started && mine && !mine.canceled) {
        mine.canceled = true;
        await mine.person.client.post(`/api/generations/${mine.id}/cancel`, {});
      }
      return held("cancel", HELD).reached(soak, prompt);
    },
  },
  "when a webhook has been sent": {
    prepare: () => {},
    reached: async (soak, prompt) => {
      const ids = (await soak.standIn.predictions(prompt)).map(({ id }) => id);
      return (await soak.standIn.webhooks()).some(({ prediction }) => ids.includes(prediction));
    },
  },
  "soon after the last restart": {
    prepare: (soak) => {
      soak.again = true;
      soak.moment = Date.now() + soak.random.below(1500);
    },
    reached: (soak) => Date.now() >= soak.moment,
  },
};

/** The point at which a create has been received and is never executed. The studio then looks for it for minutes. */
export const CREATE_RECEIVED = "while a create is received";
POINTS[CREATE_RECEIVED] = held("create", HELD);

/** Waits for a point; a point that is not reached in time becomes a kill at that moment. Returns whether it was. */
export async function waitFor(point, soak, prompt) {
  try {
    await until("the point", () => point.reached(soak, prompt), { seconds: 12, every: 15 });
    return true;
  } catch {
    await sleep(0);
    return false;
  }
}
