import { infiniteQueryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { type Schema, api, data } from "@/api/client";

export type Shared = Schema<"SharedBody">;

const TURNS = 50;
const TRACES = 200;

/** The shared session. */
export function useShared(token: string) {
  return useQuery({
    queryKey: ["shared", "session", token],
    queryFn: ({ signal }) =>
      data(api.GET("/v2/shared/{token}", { signal, params: { path: { token } } })),
  });
}

/** The turns, page by page. */
export function useSharedTurns(token: string) {
  return useInfiniteQuery(
    infiniteQueryOptions({
      queryKey: ["shared", "turns", token],
      queryFn: ({ signal, pageParam }) =>
        data(
          api.GET("/v2/shared/{token}/conversation", {
            signal,
            params: { path: { token }, query: { limit: TURNS, lastId: pageParam } },
          }),
        ),
      initialPageParam: "",
      getNextPageParam: (page) => (page.has_more ? page.data.at(-1)?.id : undefined),
    }),
  );
}

/** The traces, page by page. */
export function useSharedTraces(token: string) {
  return useInfiniteQuery(
    infiniteQueryOptions({
      queryKey: ["shared", "traces", token],
      queryFn: ({ signal, pageParam }) =>
        data(
          api.GET("/v2/shared/{token}/traces", {
            signal,
            params: { path: { token }, query: { limit: TRACES, lastId: pageParam } },
          }),
        ),
      initialPageParam: "",
      getNextPageParam: (page) => (page.has_more ? page.data.at(-1)?.trace_id : undefined),
    }),
  );
}
