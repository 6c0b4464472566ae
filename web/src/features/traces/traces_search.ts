import { text } from "@/search/common";

/** What the URL of this page may hold, beside what all pages share. */
export interface TracesSearch {
  tab?: string;
}

/** The valid ones of any search parameters. */
export function tracesSearch({ tab }: Record<string, unknown>): TracesSearch {
  return { tab: text(tab) };
}
