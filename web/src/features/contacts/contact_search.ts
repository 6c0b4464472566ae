import { nonEmptyText } from "@/url_state/common_search";

/** What the URL of a contact may hold, beside what all pages share: of the list of its sessions. */
export interface ContactSearch {
  sort?: string;
  after?: string;
  before?: string;
}

/** The valid ones of any search parameters. */
export function contactSearch(search: Record<string, unknown>): ContactSearch {
  return {
    sort: nonEmptyText(search.sort),
    after: nonEmptyText(search.after),
    before: nonEmptyText(search.before),
  };
}
