import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { type Schema, api, data } from "@/api/client";
import { type CommonSearch, rangeOf } from "@/url_state/common_search";
import { toSorting } from "@/url_state/sort";
import { instantsOf } from "@/url_state/time_range";
import { useCommonSearch } from "@/url_state/use_common_search";
import {
  TABLE_FIELDS,
  selecting,
  selectionAmong,
  selectionOf,
  timelessSelectionOf,
} from "./session_selection";
import { DEFAULT_SORT, type SessionsSearch } from "./sessions_search";

export const PAGE_SIZE = 50;
const SPARKLINE_BUCKETS = 24;

type Search = CommonSearch & SessionsSearch;

/** A session as the list shows it. */
export type SessionRow = Schema<"SessionBody"> & { first_input?: string | null };

/** The page of the list that the URL selects. */
export function useSessionPage(search: Search) {
  const { after, before, sort = DEFAULT_SORT } = search;
  const { refetchInterval } = useCommonSearch();
  return useQuery({
    queryKey: ["sessions", "list", { ...selecting(search), after, before, sort }],
    queryFn: ({ signal }) =>
      data(
        api.POST("/v2/sessions/query", {
          signal,
          body: {
            ...selectionOf(search),
            sortingProps: [toSorting(sort)],
            pagination: { limit: PAGE_SIZE, lastId: after, firstId: before },
            includedFields: TABLE_FIELDS,
          },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}

/** The number of sessions that the URL selects. */
export function useSessionCount(search: Search, isEnabled = true) {
  const { refetchInterval } = useCommonSearch();
  return useQuery({
    queryKey: ["sessions", "count", selecting(search)],
    queryFn: ({ signal }) =>
      data(api.POST("/v2/sessions/count", { signal, body: selectionOf(search) })),
    enabled: isEnabled,
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}

/** The number of these sessions that the URL selects. */
export function useCountAmong(search: Search, ids: readonly string[]) {
  return useQuery({
    queryKey: ["sessions", "count", selecting(search), ids],
    queryFn: ({ signal }) =>
      data(api.POST("/v2/sessions/count", { signal, body: selectionAmong(search, ids) })),
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
    // Every new session makes another query key.
    gcTime: 0,
  });
}

/** The totals of the selected sessions, by bucket and for the previous period. */
export function useSessionTotals(search: Search, isEnabled: boolean) {
  const { refetchInterval } = useCommonSearch();
  return useQuery({
    queryKey: ["sessions", "totals", selecting(search)],
    queryFn: ({ signal }) => {
      const { start, end } = instantsOf(rangeOf(search));
      const body = {
        ...timelessSelectionOf(search),
        from: start?.toISOString(),
        to: end?.toISOString(),
        buckets: SPARKLINE_BUCKETS,
      };
      return data(api.POST("/v2/sessions/totals", { signal, body }));
    },
    enabled: isEnabled,
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}
