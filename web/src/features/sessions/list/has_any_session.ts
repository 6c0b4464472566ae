import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, data } from "@/api/client";

/**
 * Whether there was any session, of whatever time, when the page opened; undefined until it is
 * known. `listed` are those of the list, which tell unless it has none.
 * Getting started stays where it is when the first one arrives, to tell of it.
 */
export function useHasAnySession(listed: readonly unknown[] | undefined) {
  const [isStarted, setIsStarted] = useState<boolean>();
  const queryClient = useQueryClient();
  const { data: hasAny, isError } = useQuery({
    queryKey: ["sessions", "any"],
    queryFn: async ({ signal }) => {
      const body = { pagination: { limit: 1 } };
      const page = await data(api.POST("/v2/sessions/query", { signal, body }));
      return page.data.length > 0;
    },
    enabled: isStarted === undefined && listed?.length === 0,
  });
  // Where that cannot be told, the list is shown as it is.
  const hasSome = listed?.length || isError ? true : hasAny;
  if (isStarted === undefined && hasSome !== undefined) setIsStarted(hasSome);
  const start = () => {
    // The list was read when there was nothing in it.
    void queryClient.invalidateQueries({ queryKey: ["sessions"] });
    setIsStarted(true);
  };
  return { isStarted, start };
}
