// The one client of the API: JSON in, JSON out, every failure an ApiError.
import { type ApiError, readError, unreachable } from "./error";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

interface Options {
  body?: unknown;
  idempotencyKey?: string;
}

const listeners = new Set<(error: ApiError) => void>();

/** Calls `listener` whenever a response says that this browser is not, or no longer, signed in. */
export function onSessionRefused(listener: (error: ApiError) => void): void {
  listeners.add(listener);
}

let underWay = new AbortController();

/** Aborts the requests under way, at sign-out. They fail as they would without a network. */
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

  const response = await send(path, init);
  // Without a type there is no body: the whole answer is the status.
  if (response.headers.get("content-type") === null) return null as T;
  // A body that is cut off or not JSON does not tell whether the request was carried out.
  const body: unknown = await response.json().catch(() => {
    throw unreachable();
  });
  return body as T;
}

/** A stored file. */
export interface PlainFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  /** The download name that the studio gives it. */
  readonly name: string | null;
}

export async function requestFile(path: string): Promise<PlainFile> {
  return readFile(await send(path, {}));
}

/** A file that the studio makes of what is sent. */
export async function sendForFile(path: string, body: unknown): Promise<PlainFile> {
  const headers = { "Content-Type": "application/json" };
  return readFile(await send(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function readFile(response: Response): Promise<PlainFile> {
  const { headers } = response;
  const bytes = await response.arrayBuffer().catch(() => {
    throw unreachable();
  });
  return {
    bytes: new Uint8Array(bytes),
    type: headers.get("content-type") ?? "application/octet-stream",
    name: /filename="?([\w.-]+)/.exec(headers.get("content-disposition") ?? "")?.[1] ?? null,
  };
}

/** Sends the request and returns a successful response; any other becomes a thrown [`ApiError`]. */
async function send(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, signal: underWay.signal });
  } catch {
    throw unreachable();
  }
  if (response.ok) return response;

  const error = readError(response.status, await response.json().catch(() => null));
  if (error.code === "unauthenticated" || error.code === "suspended") {
    for (const listener of listeners) listener(error);
  }
  throw error;
}
