import { text } from "@/search/common";

/** What the URL of this page may hold, beside what all pages share. */
export interface ContactsSearch {
  tab?: string;
}

/** The valid ones of any search parameters. */
export function contactsSearch({ tab }: Record<string, unknown>): ContactsSearch {
  return { tab: text(tab) };
}
