import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { type Schema, api, data } from "@/api/client";
import { timelessSelectionOf } from "@/features/sessions/session_selection";
import { type CommonSearch, rangeOf } from "@/url_state/common_search";
import { instantsOf } from "@/url_state/time_range";
import { useCommonSearch } from "@/url_state/use_common_search";
import type { AnalyticsSearch } from "./analytics_search";
import { DEFAULT_VIEW, UNPRICED, VIEWS, splitMetric } from "./analytics_views";

export type Analytics = Schema<"AnalyticsBody">;
export type Search = CommonSearch & AnalyticsSearch;
type AnalyticsQuery = Schema<"AnalyticsQuery">;
/** Names may come from the URL; the server rejects unknown ones. */
type MetricsQuery = Pick<AnalyticsQuery, "interval" | "limit"> & {
  metrics: readonly string[];
  split_by?: string;
  order_by?: string;
};

/** The metrics of the cards. */
export const CARD_METRICS = [
  "cost",
  "total_tokens",
  "sessions",
  "model_calls",
  "failed_calls",
  "call_duration_p95",
  "time_to_first_token_p95",
  "trace_duration_p95",
  UNPRICED,
];
/** The metrics of the list of groups. */
export const GROUP_METRICS = [
  "cost",
  "total_tokens",
  "sessions",
  "model_calls",
  "failed_calls",
  UNPRICED,
  "call_duration_p50",
  "call_duration_p95",
];
const MAX_SERIES = 7;
const MAX_GROUPS = 50;

/** The totals, for the cards. */
export function useCards(search: Search) {
  return useAnalytics(search, { metrics: CARD_METRICS, interval: search.interval ?? "auto" });
}

/** The metrics of the view over time, by group if the URL has a split. */
export function useTimeSeries(search: Search) {
  const { view = DEFAULT_VIEW } = search;
  const shown = search.split ? [splitMetric(view, search.percentile)] : [...VIEWS[view].metrics];
  return useAnalytics(search, {
    metrics: shown[0] === "cost" ? [...shown, UNPRICED] : shown,
    interval: search.interval ?? "auto",
    split_by: search.split ?? "",
    limit: MAX_SERIES,
  });
}

/** The largest groups with all metrics. */
export function useGroups(search: Search, split: string, sort: string) {
  return useAnalytics(search, {
    metrics: GROUP_METRICS,
    interval: "none",
    split_by: split,
    order_by: sort,
    limit: MAX_GROUPS,
  });
}

function useAnalytics(url: Search, query: MetricsQuery) {
  const { range, from, to, project, search, messages, filters } = url;
  const { refetchInterval } = useCommonSearch();
  const selecting = { range, from, to, project, search, messages, filters };
  return useQuery({
    queryKey: ["analytics", selecting, query],
    queryFn: ({ signal }) => {
      const { start, end } = instantsOf(rangeOf(selecting));
      return data(
        api.POST("/v2/analytics/query", {
          signal,
          body: {
            ...timelessSelectionOf(selecting),
            from: start?.toISOString() ?? "",
            to: end?.toISOString() ?? "",
            ...(query as Partial<AnalyticsQuery>),
          },
        }),
      );
    },
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}
