import { nonEmptyText } from "@/url_state/common_search";

/** One filter of traces, in the format of the API's `filters`. */
export interface TraceFilter {
  field: string;
  op: string;
  values: string[];
}

/** The search parameters of the list of traces, in addition to the common ones. */
export interface TracesSearch {
  search?: string;
  filters?: TraceFilter[];
  /** The API's sort field, with a leading `-` for descending. */
  sort?: string;
  /** The page token. */
  page?: string;
}

export const DEFAULT_SORT = "-started_at";

/** Parse search parameters; invalid ones are dropped. */
export function tracesSearch(search: Record<string, unknown>): TracesSearch {
  const filters = Array.isArray(search.filters) ? search.filters.filter(isFilter) : [];
  return {
    search: nonEmptyText(search.search),
    filters: filters.length > 0 ? filters : undefined,
    sort: nonEmptyText(search.sort),
    page: nonEmptyText(search.page),
  };
}

function isFilter(value: unknown): value is TraceFilter {
  if (typeof value !== "object" || value === null) return false;
  const { field, op, values } = value as Record<string, unknown>;
  return typeof field === "string" && typeof op === "string" && Array.isArray(values);
}
