import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { api, data } from "@/api/client";
import { type CommonSearch, rangeOf } from "@/search/common";
import { instantsOf } from "@/search/time_range";
import { useCommonSearch } from "@/search/use_common_search";
import {
  TABLE_FIELDS,
  selecting,
  selectionAmong,
  selectionOf,
  timelessSelectionOf,
} from "./sessions_query";
import { DEFAULT_SORT, type SessionsSearch } from "./sessions_search";

export const PAGE_SIZE = 50;
const SPARKLINE_PARTS = 24;

type Search = CommonSearch & SessionsSearch;

/** A page of the list that the URL asks for. */
export function useSessionPage(search: Search) {
  const { after, before, sort } = search;
  const { refetchInterval } = useCommonSearch();
  return useQuery({
    queryKey: ["sessions", "list", { ...selecting(search), after, before, sort }],
    queryFn: ({ signal }) =>
      data(
        api.POST("/v2/sessions/query", {
          signal,
          body: {
            ...selectionOf(search),
            sortingProps: [sortOf(sort)],
            pagination: { limit: PAGE_SIZE, lastId: after, firstId: before },
            includedFields: TABLE_FIELDS,
          },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}

/** How many sessions the URL selects, on all pages. */
export function useSessionCount(search: Search) {
  const { refetchInterval } = useCommonSearch();
  return useQuery({
    queryKey: ["sessions", "count", selecting(search)],
    queryFn: ({ signal }) =>
      data(api.POST("/v2/sessions/count", { signal, body: selectionOf(search) })),
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}

/** How many of these sessions the URL selects. */
export function useCountAmong(search: Search, ids: readonly string[]) {
  return useQuery({
    queryKey: ["sessions", "count", selecting(search), ids],
    queryFn: ({ signal }) =>
      data(api.POST("/v2/sessions/count", { signal, body: selectionAmong(search, ids) })),
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
    // Every session that is made is a key of its own.
    gcTime: 0,
  });
}

/** What they add up to, by parts of the time and beside the time before. */
export function useSessionTotals(search: Search) {
  const { refetchInterval } = useCommonSearch();
  return useQuery({
    queryKey: ["sessions", "totals", selecting(search)],
    queryFn: ({ signal }) => {
      const { start, end } = instantsOf(rangeOf(search));
      const body = {
        ...timelessSelectionOf(search),
        from: start?.toISOString(),
        to: end?.toISOString(),
        buckets: SPARKLINE_PARTS,
      };
      return data(api.POST("/v2/sessions/totals", { signal, body }));
    },
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}

/** `-started_at` as the API has it. */
export function sortOf(sort: string = DEFAULT_SORT) {
  const isDescending = sort.startsWith("-");
  const key = isDescending ? sort.slice(1) : sort;
  return { key, direction: isDescending ? ("desc" as const) : ("asc" as const) };
}
