import { nonEmptyText } from "@/url_state/common_search";

/** The search parameters of a contact's page, in addition to the common ones. */
export interface ContactSearch {
  sort?: string;
  after?: string;
  before?: string;
}

/** Parse search parameters; invalid ones are dropped. */
export function contactSearch(search: Record<string, unknown>): ContactSearch {
  return {
    sort: nonEmptyText(search.sort),
    after: nonEmptyText(search.after),
    before: nonEmptyText(search.before),
  };
}
