// What the provider does wrong while the Worker is killed. Every fault ends by itself, so that whatever was asked for can
// settle.

/** Faults of one generation: its prompt selects the requests. */
const OF_GENERATION = [
  { kind: "status", status: 429, retry_after: 1 },
  { kind: "accept_then_drop" },
  { kind: "cut" },
  { kind: "slow", factor: 3 },
  { kind: "failed", message: "CUDA out of memory" },
  { kind: "aborted" },
  { kind: "nsfw", images: "some" },
  { kind: "nsfw", images: "all" },
  { kind: "listed_late", ms: 4000 },
  { kind: "regress" },
  { kind: "output_urls", urls: ["https://pictures.example/out-0.webp"] },
  { kind: "webhook", mode: "lost" },
  { kind: "webhook", mode: "duplicated" },
  { kind: "webhook", mode: "reordered" },
  { kind: "webhook", mode: "bad_signature" },
  { kind: "status", status: 503, endpoint: "get" },
  { kind: "replace", endpoint: "get" },
  { kind: "stale", endpoint: "get" },
  { kind: "cut", endpoint: "get" },
  { kind: "drop", endpoint: "get" },
  { kind: "status", status: 404, endpoint: "get" },
  { kind: "status", status: 503, endpoint: "output" },
  { kind: "cut", endpoint: "output" },
  { kind: "drip", ms: 20, bytes: 4096, endpoint: "output" },
  { kind: "replace", endpoint: "output" },
  { kind: "content_type", value: "text/html", endpoint: "output" },
];

/** Faults of the whole provider. An outage spares creates: one that is refused with 503 may have been taken. */
const OF_PROVIDER = [
  { kind: "status", status: 503, endpoint: ["get", "list", "output", "cancel"], times: null, for_ms: 4000 },
  { kind: "rate_limit", requests: 2, seconds: 2, endpoint: "create", times: 6 },
  { kind: "rate_limit", requests: 3, seconds: 2, endpoint: ["get", "list"], times: 6 },
  { kind: "page_size", results: 2, times: 4 },
  { kind: "delay", ms: 400, endpoint: "any", times: 10 },
];

/** Scripts one fault for about half of the generations, and returns its name or `undefined`. */
export async function faultFor(standIn, random, prompt) {
  if (random.below(2) === 0) return undefined;
  return script(standIn, random.one(OF_GENERATION), { prompt });
}

/** Scripts one fault of the whole provider in about a third of the rounds, and returns its name or `undefined`. */
export async function faultOfProvider(standIn, random) {
  if (random.below(3) > 0) return undefined;
  return script(standIn, random.one(OF_PROVIDER));
}

async function script(standIn, { endpoint, times, for_ms, ...action }, match = {}) {
  await standIn.fault(action, { ...match, ...(endpoint && { endpoint }), ...(for_ms && { for_ms }), times });
  const detail = action.status ?? action.mode ?? action.images;
  return [endpoint && [endpoint].flat().join("+"), action.kind, detail].filter(Boolean).join(" ");
}
