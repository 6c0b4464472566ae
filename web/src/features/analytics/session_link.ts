import type { CommonSearch } from "@/search/common";
import type { SessionsSearch } from "@/features/sessions/sessions_search";
import type { Analytics, Search } from "./analytics_data";
import { SPLITS, type Split } from "./analytics_views";

/**
 * The search parameters of the list of sessions to which a mark leads: those that are active in
 * its bucket (of the whole range without one) and that its group has.
 */
export function sessionsOf(
  search: Search,
  mark: { answer?: Analytics; bucket?: number; split?: Split; group?: string | null },
): CommonSearch & SessionsSearch {
  const { range, from, to, project, filters = [] } = search;
  const chosen = mark.split && typeof mark.group === "string" ? SPLITS[mark.split] : undefined;
  const all = chosen ? [...filters, chosen.filter(mark.group ?? "")] : filters;
  return {
    project,
    search: search.search,
    filters: all.length > 0 ? all : undefined,
    ...(bucketOf(mark.answer, mark.bucket) ?? { range, from, to }),
  };
}

function bucketOf(answer: Analytics | undefined, bucket: number | undefined) {
  const start = bucket === undefined ? undefined : answer?.buckets[bucket];
  if (!answer || bucket === undefined || !start) return undefined;
  return { range: "custom", from: start, to: answer.buckets[bucket + 1] ?? answer.to };
}
