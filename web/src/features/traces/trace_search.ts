import { text } from "@/search/common";

/** What the URL of this page may hold, beside what all pages share. */
export interface TraceSearch {
  tab?: string;
}

/** The valid ones of any search parameters. */
export function traceSearch({ tab }: Record<string, unknown>): TraceSearch {
  return { tab: text(tab) };
}
