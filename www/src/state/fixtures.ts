// Generations for tests.
import type {
  Generation,
  GenerationStatus,
  GenerationSummary,
  Picture,
  Series,
  SeriesRecord,
  SeriesState,
} from "../api/types";

export function picture(id: string, index = 0): Picture {
  const recipe = { builder: 1, index, input: { prompt: "p" }, provider: "replicate", seed: 7, version: "v" };
  return {
    id,
    index,
    format: "webp",
    bytes: 1,
    created_at: "2026-01-01T00:00:00.000Z",
    recipe,
    recipe_id: "0".repeat(64),
  };
}

export function generation(
  id: string,
  revision: number,
  status: GenerationStatus = "succeeded",
  pictures: Picture[] = [],
): Generation {
  return {
    id,
    revision,
    status,
    cancel_requested: false,
    cancel_costs: 0,
    queue_position: null,
    progress: null,
    request: {
      model: "mdl_1",
      text: "a hat",
      preset: "likeness",
      overrides: { seed: 7, steps: 30 },
      pictures: 1,
      placement: "beginning_and_middle",
      quality: "reference",
    },
    prompt: "p",
    spans: [],
    effects: [],
    enhancements: [],
    pictures,
    failure: null,
    series: null,
    session: null,
    created_at: "2026-01-01T00:00:00.000Z",
    finished_at: null,
  };
}

/** A generation as a list or a snapshot shows it. */
export function summaryOf({
  prompt: _,
  spans: __,
  effects: ___,
  enhancements: ____,
  ...rest
}: Generation): GenerationSummary {
  return { ...rest, request: { ...rest.request, text_truncated: false }, aspect_ratio: null, seed: 7 };
}

export function series(id: string, revision: number, state: SeriesState = "running", succeeded = 0): Series {
  return {
    id,
    kind: "shoot",
    title: "Cafés",
    revision,
    state,
    paused: state === "paused",
    counts: { frames: 3, waiting: 1, under_way: 1, succeeded, failed: 0, canceled: 0 },
    cost: { pictures: 3, reserved: 0, used: 0 },
    cover: [],
    session: null,
    created_at: "2026-01-01T00:00:00.000Z",
  };
}

/** A series with one frame for each of `generations`. */
export function seriesRecord(id: string, revision: number, generations: Generation[] = []): SeriesRecord {
  const frames = generations.map((generation, number) => ({
    number,
    title: `Frame ${number}`,
    place: null,
    differs: [],
    generation: { ...summaryOf(generation), prompt: "p", effects: [], enhancements: [] },
    earlier: [],
  }));
  return { ...series(id, revision), axes: [], frames, votes: [] };
}

/** Storage that holds one text in memory. */
export function memoryStore() {
  let stored: string | null = null;
  return {
    read: () => stored,
    write(text: string | null) {
      stored = text;
    },
  };
}

/** Gives `key-1`, `key-2` and so on. */
export function numberedKeys(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `key-${count}`;
  };
}
