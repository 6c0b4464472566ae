import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { type Schema, api, data } from "@/api/client";
import { selecting, selectionOf } from "./session_selection";
import { DEFAULT_SORT, type ListSearch } from "./sessions_search";
import type { CommonSearch } from "@/url_state/common_search";
import { toSorting } from "@/url_state/sort";

export type Session = Schema<"SessionBody">;

const INCLUDE = [
  "ended_at",
  "active_duration",
  "title",
  "client",
  "repo",
  "spans_count",
  "model_calls_count",
  "errors_count",
  "unpriced_calls_count",
  "cached_tokens",
  "reasoning_tokens",
  "first_input",
].join(",");
const TURNS = 100;
const TRACES = 200;

function path(sessionId: string) {
  return { path: { session_id: sessionId } };
}

/** The session with all fields that its page shows. */
export function sessionQuery(sessionId: string) {
  return queryOptions({
    queryKey: ["sessions", "one", sessionId],
    queryFn: ({ signal }) =>
      data(
        api.GET("/v2/sessions/{session_id}", {
          params: { ...path(sessionId), query: { include: INCLUDE } },
          signal,
        }),
      ),
  });
}

/** The turns of a session, page by page. */
export function conversationQuery(sessionId: string) {
  return infiniteQueryOptions({
    queryKey: ["sessions", "conversation", sessionId],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/v2/sessions/{session_id}/conversation", {
          params: { ...path(sessionId), query: { limit: TURNS, lastId: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => (page.has_more ? page.data.at(-1)?.id : undefined),
  });
}

/** The traces of a session with all figures, page by page. */
export function tracesQuery(sessionId: string) {
  return infiniteQueryOptions({
    queryKey: ["sessions", "traces", sessionId],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/v2/sessions/{session_id}/traces", {
          params: { ...path(sessionId), query: { limit: TRACES, lastId: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => (page.has_more ? page.data.at(-1)?.trace_id : undefined),
  });
}

/** The traces of a session as columns for the timeline, in pages of 20,000. */
export function timelineQuery(sessionId: string) {
  return infiniteQueryOptions({
    queryKey: ["sessions", "timeline", sessionId],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/v2/sessions/{session_id}/timeline", {
          params: { ...path(sessionId), query: { lastId: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: (page) => (page.has_more ? page.traces.trace_id.at(-1) : undefined),
  });
}

/** The grouped costs of a session's calls. */
export function costsQuery(sessionId: string) {
  return queryOptions({
    queryKey: ["sessions", "costs", sessionId],
    queryFn: ({ signal }) =>
      data(api.GET("/v2/sessions/{session_id}/costs", { params: path(sessionId), signal })),
  });
}

/** The previous or next session in the list of the URL. */
export function neighbourQuery(
  sessionId: string,
  direction: "previous" | "next",
  list: CommonSearch & ListSearch,
) {
  const cursor = direction === "previous" ? { firstId: sessionId } : { lastId: sessionId };
  const { sort = DEFAULT_SORT } = list;
  return queryOptions({
    queryKey: ["sessions", "neighbour", sessionId, direction, { ...selecting(list), sort }],
    queryFn: async ({ signal }) => {
      const page = await data(
        api.POST("/v2/sessions/query", {
          body: {
            ...selectionOf(list),
            sortingProps: [toSorting(sort)],
            pagination: { limit: 1, ...cursor },
            includedFields: ["title"],
          },
          signal,
        }),
      );
      return page.data[0] ?? null;
    },
  });
}
