import { text } from "@/search/common";

/** What the URL of this page may hold, beside what all pages share. */
export interface SessionsSearch {
  tab?: string;
}

/** The valid ones of any search parameters. */
export function sessionsSearch({ tab }: Record<string, unknown>): SessionsSearch {
  return { tab: text(tab) };
}
