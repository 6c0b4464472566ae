import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { api, data } from "@/api/client";
import type { CommonSearch } from "@/search/common";
import { useCommonSearch } from "@/search/use_common_search";
import { TABLE_FIELDS, selectionOf } from "./sessions_query";
import { DEFAULT_SORT, type SessionsSearch } from "./sessions_search";

export const PAGE_SIZE = 50;

type Search = CommonSearch & SessionsSearch;

/** A page of the list that the URL asks for. */
export function useSessionPage(search: Search) {
  const { refetchInterval } = useCommonSearch();
  return useQuery({
    queryKey: ["sessions", "list", search],
    queryFn: ({ signal }) =>
      data(
        api.POST("/v2/sessions/query", {
          signal,
          body: {
            ...selectionOf(search),
            sortingProps: [sortOf(search.sort)],
            pagination: { limit: PAGE_SIZE, lastId: search.after, firstId: search.before },
            includedFields: TABLE_FIELDS,
          },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}

/** How many sessions the URL selects, on all pages. */
export function useSessionCount({
  after: _after,
  before: _before,
  sort: _sort,
  ...search
}: Search) {
  const { refetchInterval } = useCommonSearch();
  return useQuery({
    queryKey: ["sessions", "count", search],
    queryFn: ({ signal }) =>
      data(api.POST("/v2/sessions/count", { signal, body: selectionOf(search) })),
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
