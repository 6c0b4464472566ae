import createClient, { type Middleware } from "openapi-fetch";

import { apiErrorFrom, unreachableError } from "./errors";
import type { components, paths } from "./schema";

/** A named schema of the OpenAPI document, e.g. `Schema<"SessionBody">`. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

const throwErrors: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await apiErrorFrom(response);
  },
  onError({ error }) {
    if (error instanceof DOMException && error.name === "AbortError") return error;
    return unreachableError();
  },
};

/** The typed client; an error response is thrown as an `ApiError`. */
export const api = createClient<paths>({
  baseUrl: typeof location === "undefined" ? "" : location.origin,
});
api.use(throwErrors);

/** The body of a successful response: `await data(api.GET(...))`. */
export async function data<Body>(response: Promise<{ data?: Body }>): Promise<Body> {
  // Error responses were thrown, so there is a body, except for a 204.
  return (await withNetworkErrors(response)).data as Body;
}

/** Rethrow the `TypeError` that fetch throws for a lost connection as an `ApiError`. */
export async function withNetworkErrors<Result>(result: Promise<Result>): Promise<Result> {
  try {
    return await result;
  } catch (error) {
    throw error instanceof TypeError ? unreachableError() : error;
  }
}
