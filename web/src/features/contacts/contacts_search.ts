import { nonEmptyText } from "@/url_state/common_search";

/** The search parameters of the list of contacts, in addition to the common ones. */
export interface ContactsSearch {
  search?: string;
  /** The API's sort key, with a leading `-` for descending. */
  sort?: string;
  /** Cursor: the page after, or before, this contact. */
  after?: string;
  before?: string;
}

export const DEFAULT_SORT = "-last_seen_at";

/** Parse search parameters; invalid ones are dropped. */
export function contactsSearch(search: Record<string, unknown>): ContactsSearch {
  return {
    search: nonEmptyText(search.search),
    sort: nonEmptyText(search.sort),
    after: nonEmptyText(search.after),
    before: nonEmptyText(search.before),
  };
}
