import { activeIn, isMoreThan } from "@/features/sessions/filters/build_filter";
import type { SessionsSearch } from "@/features/sessions/sessions_search";
import { type CommonSearch, searchOf } from "@/url_state/common_search";
import type { Analytics, Search } from "./analytics_data";
import { SPLITS, type Split, type View } from "./analytics_views";

interface ChartPoint {
  /** Its place among the answer's buckets; without one, the whole time. */
  bucket?: number;
  split?: Split;
  /** None for everything, null for all groups that are not told apart. */
  group?: string | null;
  /** What it is a figure of. */
  view?: View;
}

/**
 * The search parameters of the list of sessions to which a mark leads: those that were active in
 * its time, since a figure stands at its trace's start, and that are of its group; of failed calls,
 * those that have any.
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
