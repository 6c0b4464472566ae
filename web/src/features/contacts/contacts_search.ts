import { filled } from "@/search/common";

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
    search: filled(search.search),
    sort: filled(search.sort),
    after: filled(search.after),
    before: filled(search.before),
  };
}
