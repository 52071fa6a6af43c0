// One door to the API: JSON in, JSON out, every failure an ApiError.
import { type ApiError, readError, unreachable } from "./error";

type Method = "GET" | "POST" | "DELETE";

interface Options {
  body?: unknown;
  idempotencyKey?: string;
}

const listeners = new Set<(error: ApiError) => void>();

/** Calls `listener` whenever an answer says that this browser is not, or no longer, signed in. */
export function onSessionRefused(listener: (error: ApiError) => void): void {
  listeners.add(listener);
}

let underWay = new AbortController();

/** Drops what is under way, as a lost network does: whoever asked is not there any more. */
export function dropRequests(): void {
  underWay.abort();
  underWay = new AbortController();
}

export async function request<T>(method: Method, path: string, options: Options = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  if (options.idempotencyKey !== undefined) headers["Idempotency-Key"] = options.idempotencyKey;
  const init: RequestInit = { method, headers };
  if (options.body !== undefined)
    init.body = typeof options.body === "string" ? options.body : JSON.stringify(options.body);

  const answer = await ask(path, init);
  if (answer.status === 204) return null as T;
  // Cut off in the middle, or no JSON: whether the request was carried out is not known.
  const body: unknown = await answer.json().catch(() => {
    throw unreachable();
  });
  return body as T;
}

/** A file as the studio stores it. */
export interface PlainFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  /** The name that the studio gives the download. */
  readonly name: string | null;
}

export async function requestFile(path: string): Promise<PlainFile> {
  const answer = await ask(path, {});
  const { headers } = answer;
  const bytes = await answer.arrayBuffer().catch(() => {
    throw unreachable();
  });
  return {
    bytes: new Uint8Array(bytes),
    type: headers.get("content-type") ?? "application/octet-stream",
    name: /filename="?([\w.-]+)/.exec(headers.get("content-disposition") ?? "")?.[1] ?? null,
  };
}

/** An answer that is a success; any other is thrown. */
async function ask(path: string, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, { ...init, signal: underWay.signal });
  } catch {
    throw unreachable();
  }
  if (answer.ok) return answer;

  const error = readError(answer.status, await answer.json().catch(() => null));
  if (error.code === "unauthenticated" || error.code === "suspended") {
    for (const listener of listeners) listener(error);
  }
  throw error;
}
