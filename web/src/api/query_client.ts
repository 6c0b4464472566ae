import { notifications } from "@mantine/notifications";
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";

import { asApiError } from "./errors";
import { reportUnreachable } from "./server_status";

const RETRIES = 2;
const STALE_MS = 10_000;

/** The `meta` of a mutation whose component shows the error itself. */
export const ERROR_SHOWN_IN_PLACE = { isErrorShownInPlace: true } as const;

declare module "@tanstack/react-query" {
  interface Register {
    mutationMeta: Partial<typeof ERROR_SHOWN_IN_PLACE>;
  }
}

/*
 * A query key is `[noun, what, parameters]`: ["sessions", "list", body], ["sessions", "one", id].
 * A mutation invalidates the keys of the noun that it changes.
 */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: reportWhereUnreachable }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _before, { options, meta }) => {
        reportWhereUnreachable(error);
        if (options.onError || meta?.isErrorShownInPlace) return;
        const { message } = asApiError(error);
        notifications.show({ color: "red", title: "Action failed", message });
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

function reportWhereUnreachable(error: Error): void {
  if (asApiError(error).isUnreachable) reportUnreachable();
}
