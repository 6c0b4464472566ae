import { nonEmptyText } from "@/url_state/common_search";

/** What the URL of the list of contacts may hold, beside what all pages share. */
export interface ContactsSearch {
  search?: string;
  /** The column to sort by, a path of the API; `-` before it is descending. */
  sort?: string;
  /** The page after, or before, this contact's. */
  after?: string;
  before?: string;
}

export const DEFAULT_SORT = "-last_seen_at";

/** The valid ones of any search parameters. */
export function contactsSearch(search: Record<string, unknown>): ContactsSearch {
  return {
    search: nonEmptyText(search.search),
    sort: nonEmptyText(search.sort),
    after: nonEmptyText(search.after),
    before: nonEmptyText(search.before),
  };
}
