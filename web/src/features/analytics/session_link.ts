import { activeIn, isMoreThan } from "@/features/sessions/filters/build_filter";
import type { SessionsSearch } from "@/features/sessions/sessions_search";
import { type CommonSearch, searchOf } from "@/url_state/common_search";
import type { Analytics, Search } from "./analytics_data";
import { SPLITS, type Split, type View } from "./analytics_views";

interface ChartPoint {
  /** Its index among the buckets of the response; without one, the whole period. */
  bucket?: number;
  split?: Split;
  /** Undefined for the total, null for all other groups together. */
  group?: string | null;
  /** The view that the point is in. */
  view?: View;
}

/**
 * The search parameters of the session list that a point of a chart links to: sessions of its
 * group that were active in its bucket and, for failed calls, that have any.
 */
export function sessionsSearchOf(
  { project, search, messages, filters = [] }: Search,
  answer: Analytics,
  { bucket, split, group, view }: ChartPoint,
): CommonSearch & SessionsSearch {
  const from = (bucket === undefined ? undefined : answer.buckets[bucket]) ?? answer.from;
  const to = (bucket === undefined ? undefined : answer.buckets[bucket + 1]) ?? answer.to;
  const ofGroup = split && typeof group === "string" ? [SPLITS[split].filter(group)] : [];
  const ofView = view === "errors" ? [isMoreThan("failed_calls_count", 0)] : [];
  return {
    ...searchOf({ kind: "all" }),
    project,
    search,
    messages,
    filters: [...filters, ...ofGroup, ...ofView, ...activeIn(from, to)],
  };
}
