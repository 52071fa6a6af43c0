import type { ErrorBody, ErrorCode } from "./types";

/** This page's own codes, for what does not come from the studio. */
export type LocalCode = "unreachable" | "unreadable" | "undecided";

/** A failed request, with a sentence for the person. */
export class ApiError extends Error {
  readonly code: ErrorCode | LocalCode;
  /** HTTP status; 0 without a response. */
  readonly status: number;
  /** The path of the field at fault: `overrides.steps`. */
  readonly field: string | null;
  /** The id that the person can quote to the operator. */
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

  /** Whether the request was carried out is unknown: there was no response, or a server error. */
  get outcomeUnknown(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

/** The error for a request without a response. */
export function unreachable(): ApiError {
  return new ApiError(
    "unreachable",
    "The studio cannot be reached. Your words are kept; please try again in a moment.",
    0,
    null,
    null,
  );
}

/** The error for a change that would lose one of two drafts. */
export function undecided(): ApiError {
  return new ApiError("undecided", "Choose first which of the two descriptions you go on with.", 0, null, null);
}

/** The error for a response that is not a success. */
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

/** Turns any thrown value into an error with words. Anything but an [`ApiError`] is a defect of this page. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  console.error(thrown);
  return new ApiError("unreadable", "Something went wrong in this page. Reload it and try again.", 0, null, null);
}
