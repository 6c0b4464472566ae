import { text } from "@/search/common";
import { type SessionFilter, filtersOf } from "@/search/filters";

/** What the URL of the list of sessions may hold, beside what all pages share. */
export interface SessionsSearch {
  /** What the search box has. */
  search?: string;
  /** What all have to select. */
  filters?: SessionFilter[];
  /** The column to sort by, a path of the API; `-` before it is descending. */
  sort?: string;
  /** The page after, or before, this session's. */
  after?: string;
  before?: string;
}

export const DEFAULT_SORT = "-started_at";

/** The valid ones of any search parameters. */
export function sessionsSearch(search: Record<string, unknown>): SessionsSearch {
  return {
    search: text(search.search) || undefined,
    filters: filtersOf(search.filters),
    sort: text(search.sort) || undefined,
    after: text(search.after) || undefined,
    before: text(search.before) || undefined,
  };
}
