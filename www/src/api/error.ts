import type { ErrorBody, ErrorCode } from "./types";

/** Codes of this page's own, for answers that are not the studio's. */
export type LocalCode = "unreachable" | "unreadable";

/** A request that did not succeed, in words for the person. */
export class ApiError extends Error {
  readonly code: ErrorCode | LocalCode;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** The request's field at fault, dotted: `overrides.steps`. */
  readonly field: string | null;
  /** To quote to the operator. */
  readonly requestId: string | null;

  constructor(
    code: ErrorCode | LocalCode,
    message: string,
    status: number,
    field: string | null,
    requestId: string | null,
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.field = field;
    this.requestId = requestId;
  }

  /** There was no answer, or none that tells whether the request was carried out. */
  get outcomeUnknown(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

/** No answer came. */
export function unreachable(): ApiError {
  return new ApiError(
    "unreachable",
    "The studio cannot be reached. Your words are kept; please try again in a moment.",
    0,
    null,
    null,
  );
}

/** Reads the body of an answer that is not a success. */
export function readError(status: number, body: unknown): ApiError {
  if (isErrorBody(body)) {
    const { code, message, field, request_id } = body.error;
    return new ApiError(code, message, status, field ?? null, request_id);
  }
  return new ApiError(
    "unreadable",
    `The studio gave an answer this page cannot read (HTTP ${status}). Please try again in a moment.`,
    status,
    null,
    null,
  );
}

function isErrorBody(body: unknown): body is ErrorBody {
  if (typeof body !== "object" || body === null || !("error" in body)) return false;
  const { error } = body;
  return typeof error === "object" && error !== null && "code" in error && "message" in error;
}

/** Any thrown value as an error with words: what is not an [`ApiError`] is a defect of this page. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  console.error(thrown);
  return new ApiError("unreadable", "Something went wrong in this page. Reload it and try again.", 0, null, null);
}
