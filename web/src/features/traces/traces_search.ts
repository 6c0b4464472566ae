import { nonEmptyText } from "@/url_state/common_search";

/** One condition on traces, as the API's `filters` has it. */
export interface TraceFilter {
  field: string;
  op: string;
  values: string[];
}

/** What the URL of the list of traces may hold, beside what all pages share. */
export interface TracesSearch {
  search?: string;
  filters?: TraceFilter[];
  /** The field to sort by; `-` before it is descending. */
  sort?: string;
  /** The token of a later page. */
  page?: string;
}

export const DEFAULT_SORT = "-started_at";

/** The valid ones of any search parameters. */
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
