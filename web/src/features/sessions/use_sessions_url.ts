import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

import { type CommonSearch, FIRST_PAGE, rangeOf, searchOf } from "@/url_state/common_search";
import { useSort } from "@/url_state/use_sort";
import { PAGE_SIZE } from "./sessions_data";
import { DEFAULT_SORT, type SessionsSearch, listSearch } from "./sessions_search";

type Search = CommonSearch & SessionsSearch;

/** What the page's URL says, and how to change it. */
export function useSessionsUrl() {
  const search: Search = useSearch({ from: "/sessions" });
  const navigate = useNavigate({ from: "/sessions" });
  /** Select anew: from the first page on. */
  const select = useCallback(
    (changed: Partial<SessionsSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...FIRST_PAGE, ...changed }) }),
    [navigate],
  );
  const sort = useSort(search.sort ?? DEFAULT_SORT);
  const skipped = search.skipped ?? 0;
  return {
    search,
    sort,
    skipped,
    select,
    /** What is left out is not kept from before. */
    replaceSearch: (all: Search) =>
      void navigate({ search: { ...all, ...searchOf(rangeOf(all)), project: all.project } }),
    toPageAfter: (id: string) => select({ after: id, skipped: skipped + PAGE_SIZE }),
    toPageBefore: (id: string) => {
      const left = skipped - PAGE_SIZE;
      select(left > 0 ? { before: id, skipped: left } : {});
    },
    open: (id: string) =>
      void navigate({
        to: "/sessions/$sessionId",
        params: { sessionId: id },
        search: listSearch(search),
      }),
  };
}
