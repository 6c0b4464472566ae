import { text } from "@/url_state/common_search";
import { type SessionFilter, filtersOf } from "./filters/session_filter";

/** The search parameters of the list of sessions, in addition to the common ones. */
export interface SessionsSearch {
  /** The text of the search box. */
  search?: string;
  /** Search messages as well. */
  messages?: true;
  /** Sessions have to match all of them. */
  filters?: SessionFilter[];
  /** The API's sort key, with a leading `-` for descending. */
  sort?: string;
  /** Cursor: the page after, or before, this session. */
  after?: string;
  before?: string;
  /** The number of rows before the page. */
  skipped?: number;
  /** The saved view that was opened. */
  view?: string;
}

/** The part that selects and sorts the list, which the page of a session retains. */
export type ListSearch = Pick<SessionsSearch, "search" | "messages" | "filters" | "sort">;

export const DEFAULT_SORT = "-started_at";

/** Parse search parameters; invalid ones are dropped. */
export function sessionsSearch(search: Record<string, unknown>): SessionsSearch {
  return {
    search: text(search.search) || undefined,
    messages: search.messages === true ? true : undefined,
    filters: filtersOf(search.filters),
    sort: text(search.sort) || undefined,
    after: text(search.after) || undefined,
    before: text(search.before) || undefined,
    skipped: isCount(search.skipped) ? search.skipped : undefined,
    view: text(search.view) || undefined,
  };
}

/** That part of the list's search parameters. */
export function listSearch({ search, messages, filters, sort }: SessionsSearch): ListSearch {
  return { search, messages, filters, sort };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0;
}
