import { text } from "@/search/common";

/** What the URL of this page may hold, beside what all pages share. */
export interface SessionSearch {
  tab?: string;
}

/** The valid ones of any search parameters. */
export function sessionSearch({ tab }: Record<string, unknown>): SessionSearch {
  return { tab: text(tab) };
}
