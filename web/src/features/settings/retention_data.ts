import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, data } from "@/api/client";
import { ERROR_SHOWN_IN_PLACE } from "@/api/query_client";

export function useRetention() {
  return useQuery({
    queryKey: ["retention", "one"],
    queryFn: ({ signal }) => data(api.GET("/v2/retention", { signal })),
  });
}

const POLL_MS = 2_000;

/** What a retention of `days` would delete now; polled while it is the current retention. */
export function useRetentionPreview(days: number, isCurrent: boolean) {
  return useQuery({
    queryKey: ["retention", "preview", days],
    queryFn: ({ signal }) =>
      data(api.GET("/v2/retention/preview", { signal, params: { query: { days } } })),
    enabled: days > 0,
    refetchInterval: ({ state: { data: remaining } }) =>
      isCurrent && remaining && remaining.sessions_count + remaining.traces_count > 0
        ? POLL_MS
        : false,
  });
}

/** Change the retention; null restores the server default. */
export function useChangeRetention() {
  const queryClient = useQueryClient();
  return useMutation({
    meta: ERROR_SHOWN_IN_PLACE,
    mutationFn: (days: number | null) => data(api.PUT("/v2/retention", { body: { days } })),
    onSuccess: () => queryClient.invalidateQueries(),
  });
}
