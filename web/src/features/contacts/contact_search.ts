import { text } from "@/search/common";

/** What the URL of this page may hold, beside what all pages share. */
export interface ContactSearch {
  tab?: string;
}

/** The valid ones of any search parameters. */
export function contactSearch({ tab }: Record<string, unknown>): ContactSearch {
  return { tab: text(tab) };
}
