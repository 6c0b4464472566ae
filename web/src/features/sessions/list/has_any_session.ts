import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, data } from "@/api/client";

/**
 * Whether there was any session of all time when the page opened; undefined until known.
 * `listed` are the rows of the list; only an empty list needs another query.
 * Stays false when the first session arrives, so that Getting started can report it.
 */
export function useHasAnySession(listed: readonly unknown[] | undefined) {
  const [hasAny, setHasAny] = useState<boolean>();
  const queryClient = useQueryClient();
  const { data: found, isError } = useQuery({
    queryKey: ["sessions", "any"],
    queryFn: async ({ signal }) => {
      const body = { pagination: { limit: 1 } };
      const page = await data(api.POST("/v2/sessions/query", { signal, body }));
      return page.data.length > 0;
    },
    enabled: hasAny === undefined && listed?.length === 0,
  });
  // Show the list if the query failed.
  const result = listed?.length || isError ? true : found;
  if (hasAny === undefined && result !== undefined) setHasAny(result);
  const showList = () => {
    // The cached list is from before the first session.
    void queryClient.invalidateQueries({ queryKey: ["sessions"] });
    setHasAny(true);
  };
  return { hasAny, showList };
}
