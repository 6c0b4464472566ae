/** One invalid field of a request. */
export interface FieldError {
  path: string;
  message: string;
}

/** The code of a request that did not reach the server. */
const UNREACHABLE = "unreachable";

/** The error response of the server: `{code, message, errors}`. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    /** The HTTP status as a string, or `UNREACHABLE`. */
    readonly code: string,
    message: string,
    readonly errors: readonly FieldError[] = [],
  ) {
    super(message);
  }

  get isUnreachable(): boolean {
    return this.code === UNREACHABLE;
  }

  /** Whether a retry may succeed. */
  get isTransient(): boolean {
    return this.isUnreachable || ["429", "502", "503", "504"].includes(this.code);
  }
}

/** The error of a request without a complete response. */
export function unreachableError(): ApiError {
  return new ApiError(UNREACHABLE, "Cannot reach the server.");
}

/** The error of an error response with any body. */
export async function apiErrorFrom(response: Response): Promise<ApiError> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  const parsed = isErrorBody(body) ? body : { message: response.statusText };
  return new ApiError(
    String(response.status),
    parsed.message || `The server returned status ${response.status}.`,
    parsed.errors ?? [],
  );
}

/** Convert any thrown value to an `ApiError`. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError("unexpected", error instanceof Error ? error.message : String(error));
}

function isErrorBody(body: unknown): body is { message: string; errors?: FieldError[] } {
  return (
    typeof body === "object" &&
    body !== null &&
    "message" in body &&
    typeof body.message === "string"
  );
}
