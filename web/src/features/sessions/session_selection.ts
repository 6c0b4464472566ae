import type { Schema } from "@/api/client";
import { type CommonSearch, rangeOf } from "@/url_state/common_search";
import { type Instants, instantsOf } from "@/url_state/time_range";
import type { SessionFilter } from "./filters/session_filter";
import type { SessionsSearch } from "./sessions_search";

/** The part of a request body that selects sessions, for list, count, totals and export. */
export interface Selection {
  filters: object[];
  query: Record<string, unknown>;
}

type Search = CommonSearch & SessionsSearch;

const SEARCH_PATHS = ["title", "external_id", "contact_ids", "tags"];

/** The optional fields that the table shows. */
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

/** The part of the URL that selects sessions, without sort and page. */
export function selecting({ range, from, to, project, search, messages, filters }: Search) {
  return { range, from, to, project, search, messages, filters };
}

/** Sessions that started in the time range of the URL and match its search and filters. */
export function selectionOf(search: Search, now?: Date): Selection {
  return selection(search, startedIn(instantsOf(rangeOf(search), now)));
}

/** The same without the time range, for requests with a separate one. */
export function timelessSelectionOf(search: Search): Selection {
  return selection(search, []);
}

/** These sessions. */
export function selectionOfIds(ids: Iterable<string>): Selection {
  return { filters: [isOneOf(ids)], query: {} };
}

/** Those of these sessions that the URL selects. */
export function selectionAmong(search: Search, ids: Iterable<string>): Selection {
  const { filters, query } = selectionOf(search);
  return { filters: [...filters, isOneOf(ids)], query };
}

function isOneOf(ids: Iterable<string>) {
  return { type: "string_array", operator: "in", path: "_id", values: [...ids] };
}

function selection(search: Search, timeFilters: SessionFilter[]): Selection {
  return {
    filters: search.project
      ? [{ type: "string", operator: "equals", path: "project_id", value: search.project }]
      : [],
    query: {
      ...(search.search && {
        search: search.search,
        searchPaths: search.messages ? [...SEARCH_PATHS, "messages"] : SEARCH_PATHS,
      }),
      filters: [...timeFilters, ...(search.filters ?? [])],
    },
  };
}

function startedIn({ start, end }: Instants): SessionFilter[] {
  if (!start) return [];
  const criteria = {
    startDate: start.toISOString(),
    ...(end && { endDate: end.toISOString() }),
  };
  const value = { mode: "datetime" as const, criteria };
  return [{ path: "started_at", type: "date", operator: "is_between", value }];
}
