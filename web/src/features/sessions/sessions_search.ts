import { text } from "@/url_state/common_search";
import { type SessionFilter, filtersOf } from "./filters/session_filter";

/** What the URL of the list of sessions may hold, beside what all pages share. */
export interface SessionsSearch {
  /** What the search box has. */
  search?: string;
  /** Whether it also looks in what was said. */
  messages?: true;
  /** All have to select. */
  filters?: SessionFilter[];
  /** The column to sort by, a path of the API; `-` before it is descending. */
  sort?: string;
  /** The page after, or before, this session's. */
  after?: string;
  before?: string;
  /** How many rows come before the page. */
  skipped?: number;
  /** The saved view that this began as. */
  view?: string;
}

/** What selects and orders the list, whatever its page; a session is opened with it. */
export type ListSearch = Pick<SessionsSearch, "search" | "messages" | "filters" | "sort">;

export const DEFAULT_SORT = "-started_at";

/** The valid ones of any search parameters. */
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

/** That part of the list's URL. */
export function listSearch({ search, messages, filters, sort }: SessionsSearch): ListSearch {
  return { search, messages, filters, sort };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0;
}
