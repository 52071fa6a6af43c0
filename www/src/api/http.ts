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

export async function request<T>(method: Method, path: string, options: Options = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  if (options.idempotencyKey !== undefined) headers["Idempotency-Key"] = options.idempotencyKey;
  const init: RequestInit = { method, headers };
  if (options.body !== undefined) init.body = typeof options.body === "string" ? options.body : JSON.stringify(options.body);

  let answer: Response;
  try {
    answer = await fetch(path, init);
  } catch {
    throw unreachable();
  }
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) return body as T;

  const error = readError(answer.status, body);
  if (error.code === "unauthenticated" || error.code === "suspended") {
    for (const listener of listeners) listener(error);
  }
  throw error;
}
