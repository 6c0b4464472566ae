import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, data } from "@/api/client";
import { ERROR_SHOWN_IN_PLACE } from "@/api/query_client";

export function useRetention() {
  return useQuery({
    queryKey: ["retention", "one"],
    queryFn: ({ signal }) => data(api.GET("/v2/retention", { signal })),
  });
}

const WATCH_MS = 2_000;

/** What a retention of so many days would delete now; watched while it is in force. */
export function useRetentionPreview(days: number, isInForce: boolean) {
  return useQuery({
    queryKey: ["retention", "preview", days],
    queryFn: ({ signal }) =>
      data(api.GET("/v2/retention/preview", { signal, params: { query: { days } } })),
    enabled: days > 0,
    refetchInterval: ({ state: { data: left } }) =>
      isInForce && left && left.sessions_count + left.traces_count > 0 ? WATCH_MS : false,
  });
}

/** Null is what the server says. */
export function useChangeRetention() {
  const queryClient = useQueryClient();
  return useMutation({
    meta: ERROR_SHOWN_IN_PLACE,
    mutationFn: (days: number | null) => data(api.PUT("/v2/retention", { body: { days } })),
    onSuccess: () => queryClient.invalidateQueries(),
  });
}
