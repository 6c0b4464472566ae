import { filled } from "@/search/common";

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
    search: filled(search.search),
    filters: filters.length > 0 ? filters : undefined,
    sort: filled(search.sort),
    page: filled(search.page),
  };
}

function isFilter(value: unknown): value is TraceFilter {
  if (typeof value !== "object" || value === null) return false;
  const { field, op, values } = value as Record<string, unknown>;
  return typeof field === "string" && typeof op === "string" && Array.isArray(values);
}
