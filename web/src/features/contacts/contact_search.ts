import { text } from "@/search/common";

/** What the URL of a contact may hold, beside what all pages share: of the list of its sessions. */
export interface ContactSearch {
  sort?: string;
  after?: string;
  before?: string;
}

/** The valid ones of any search parameters. */
export function contactSearch(search: Record<string, unknown>): ContactSearch {
  return {
    sort: text(search.sort) || undefined,
    after: text(search.after) || undefined,
    before: text(search.before) || undefined,
  };
}
