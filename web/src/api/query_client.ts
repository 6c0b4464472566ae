import { QueryCache, QueryClient } from "@tanstack/react-query";

import { asApiError } from "./errors";
import { reportUnreachable } from "./server_status";

const RETRIES = 2;
const STALE_MS = 10_000;

/*
 * A query's key is `[noun, what, parameters]`: ["sessions", "list", body], ["sessions", "one", id].
 * Whoever changes a noun invalidates `[noun]`.
 */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (asApiError(error).isUnreachable) reportUnreachable();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        networkMode: "always",
        retry: (failures, error) => asApiError(error).isTransient && failures < RETRIES,
      },
      mutations: { networkMode: "always" },
    },
  });
}
