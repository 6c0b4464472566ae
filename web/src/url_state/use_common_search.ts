import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";

import { type CommonSearch, FIRST_PAGE, REFRESH_MS, rangeOf, searchOf } from "./common_search";
import type { TimeRange } from "./time_range";

/** The search parameters that all pages share, and functions to change them. */
export function useCommonSearch() {
  const search: CommonSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (changed: Partial<CommonSearch & typeof FIRST_PAGE>) =>
      void navigate({ to: ".", search: (before) => ({ ...before, ...changed }), replace: true }),
    [navigate],
  );
  const { range: name, from, to, project, refresh } = search;
  const range = useMemo(() => rangeOf({ range: name, from, to }), [name, from, to]);
  return {
    range,
    project,
    refresh,
    /** For a query's `refetchInterval`. */
    refetchInterval: refresh ? REFRESH_MS[refresh] : (false as const),
    setRange: (chosen: TimeRange) => change({ ...searchOf(chosen), ...FIRST_PAGE }),
    setProject: (chosen: string | undefined) => change({ project: chosen, ...FIRST_PAGE }),
    setRefresh: (chosen: CommonSearch["refresh"]) => change({ refresh: chosen }),
  };
}
