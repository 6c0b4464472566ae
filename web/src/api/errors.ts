/** One thing that is wrong with a request: where in its body, and what. */
export interface Fault {
  path: string;
  message: string;
}

/** The code of a request that reached no server. */
const UNREACHABLE = "unreachable";

/** A request that failed, as the server reports it: `{code, message, errors}`. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    /** The HTTP status as text, or `UNREACHABLE`. */
    readonly code: string,
    message: string,
    readonly errors: readonly Fault[] = [],
  ) {
    super(message);
  }

  get isUnreachable(): boolean {
    return this.code === UNREACHABLE;
  }

  /** Whether the same request may succeed a little later. */
  get isTransient(): boolean {
    return this.isUnreachable || ["429", "502", "503", "504"].includes(this.code);
  }
}

/** The error of a request that reached no server, or lost it before the end of its reply. */
export function unreachable(): ApiError {
  return new ApiError(UNREACHABLE, "The server does not answer.");
}

/** The error of a reply that is not a success, whatever its body is. */
export async function apiErrorFrom(response: Response): Promise<ApiError> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  const parsed = isErrorBody(body) ? body : { message: response.statusText };
  return new ApiError(
    String(response.status),
    parsed.message || `The server answered ${response.status}.`,
    parsed.errors ?? [],
  );
}

/** Any thrown thing as an ApiError. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError("unexpected", error instanceof Error ? error.message : String(error));
}

function isErrorBody(body: unknown): body is { message: string; errors?: Fault[] } {
  return (
    typeof body === "object" &&
    body !== null &&
    "message" in body &&
    typeof body.message === "string"
  );
}
