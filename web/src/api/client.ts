import createClient, { type Middleware } from "openapi-fetch";

import { apiErrorFrom, unreachable } from "./errors";
import type { components, paths } from "./schema";

/** A named shape of the OpenAPI document, e.g. `Schema<"SessionBody">`. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

const failures: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await apiErrorFrom(response);
  },
  onError({ error }) {
    if (error instanceof DOMException && error.name === "AbortError") return error;
    return unreachable();
  },
};

/** The typed client; a reply that is no success is thrown as an `ApiError`. */
export const api = createClient<paths>({
  baseUrl: typeof location === "undefined" ? "" : location.origin,
});
api.use(failures);

/** The body of a successful reply: `await data(api.GET(...))`. */
export async function data<Body>(reply: Promise<{ data?: Body }>): Promise<Body> {
  // A reply that is no success was thrown, so that there is a body, save for a 204.
  return (await withNetworkErrors(reply)).data as Body;
}

/** What is read of a reply; that its connection broke is told by a `TypeError`. */
export async function withNetworkErrors<Read>(reading: Promise<Read>): Promise<Read> {
  try {
    return await reading;
  } catch (error) {
    throw error instanceof TypeError ? unreachable() : error;
  }
}
