import { type SessionFilter, filtersOf } from "@/features/sessions/filters/session_filter";
import { nonEmptyText, oneOf } from "@/url_state/common_search";
import {
  INTERVALS,
  type Interval,
  PERCENTILES,
  type Percentile,
  SPLITS,
  type Split,
  VIEWS,
  type View,
} from "./analytics_views";

/** The search parameters of this page, in addition to the common ones. */
export interface AnalyticsSearch {
  view?: View;
  split?: Split;
  /** The percentile that a split latency view shows. */
  percentile?: Percentile;
  interval?: Interval;
  /** Show a table instead of the chart. */
  as?: "table";
  /** The sort column of the groups, with a leading `-` for descending. */
  sort?: string;
  search?: string;
  /** Search messages as well. */
  messages?: true;
  filters?: SessionFilter[];
}

/** Parse search parameters; invalid ones are dropped. */
export function analyticsSearch(search: Record<string, unknown>): AnalyticsSearch {
  return {
    view: oneOf(Object.keys(VIEWS) as View[], search.view),
    split: oneOf(Object.keys(SPLITS) as Split[], search.split),
    percentile: oneOf(PERCENTILES, search.percentile),
    interval: oneOf(Object.keys(INTERVALS) as Interval[], search.interval),
    as: oneOf(["table"], search.as),
    sort: nonEmptyText(search.sort),
    search: nonEmptyText(search.search),
    messages: search.messages === true ? true : undefined,
    filters: filtersOf(search.filters),
  };
}
