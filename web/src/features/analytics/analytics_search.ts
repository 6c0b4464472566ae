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

/** What the URL of this page may hold, beside what all pages share. */
export interface AnalyticsSearch {
  view?: View;
  split?: Split;
  /** Which one a split view of percentiles shows. */
  percentile?: Percentile;
  interval?: Interval;
  /** Drawn, or told in a table. */
  as?: "table";
  /** The column by which the groups are sorted; `-` before it is descending. */
  sort?: string;
  search?: string;
  /** Whether the search also looks in what was said. */
  messages?: true;
  filters?: SessionFilter[];
}

/** The valid ones of any search parameters. */
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
