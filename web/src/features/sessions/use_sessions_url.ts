import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

import { type CommonSearch, FIRST_PAGE, rangeOf, searchOf } from "@/url_state/common_search";
import { useSort } from "@/url_state/use_sort";
import { PAGE_SIZE } from "./sessions_data";
import { DEFAULT_SORT, type SessionsSearch, listSearch } from "./sessions_search";

type Search = CommonSearch & SessionsSearch;

/** The state of the list in the URL, and functions to change it. */
export function useSessionsUrl() {
  const search: Search = useSearch({ from: "/sessions" });
  const navigate = useNavigate({ from: "/sessions" });
  /** Change the selection and go to the first page. */
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
    /** Replace all search parameters; omitted ones are cleared. */
    replaceSearch: (all: Search) =>
      void navigate({ search: { ...all, ...searchOf(rangeOf(all)), project: all.project } }),
    toPageAfter: (id: string) => select({ after: id, skipped: skipped + PAGE_SIZE }),
    toPageBefore: (id: string) => {
      const remaining = skipped - PAGE_SIZE;
      select(remaining > 0 ? { before: id, skipped: remaining } : {});
    },
    open: (id: string) =>
      void navigate({
        to: "/sessions/$sessionId",
        params: { sessionId: id },
        search: listSearch(search),
      }),
  };
}
