import type { Schema } from "@/api/client";
import { rangeOf } from "@/search/common";
import type { CommonSearch } from "@/search/common";
import { instantsOf } from "@/search/time_range";
import type { SessionsSearch } from "./sessions_search";

/** What selects sessions: the same for the list, the count, the totals and an export. */
export interface SessionsSelection {
  filters: Record<string, unknown>;
  query: Record<string, unknown>;
}

/** The extra fields that the table shows. */
export const TABLE_FIELDS: Schema<"SessionsQuery">["includedFields"] = [
  "title",
  "first_input",
  "active_duration",
  "model_calls_count",
  "cached_tokens",
  "errors_count",
  "unpriced_calls_count",
  "models",
];

/** The sessions active in the time range of the URL, of its project, that its search selects. */
export function selectionOf(
  search: CommonSearch & SessionsSearch,
  now: Date = new Date(),
): SessionsSelection {
  const { start, end } = instantsOf(rangeOf(search), now);
  return {
    filters: {
      interval: "SESSION_INTERVAL_ALL_TIME",
      ...(start && { start_date: String(start.getTime()) }),
      ...(end && { end_date: String(end.getTime()) }),
      ...(search.project && { project_id: search.project }),
    },
    query: queryOf(search),
  };
}

/** The `query` that the search box and the filters of the URL make. */
export function queryOf({ search, filters }: Pick<SessionsSearch, "search" | "filters">) {
  return { ...(search && { search }), ...(filters && { filters }) };
}
