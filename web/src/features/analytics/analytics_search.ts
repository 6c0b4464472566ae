import { text } from "@/search/common";

/** What the URL of this page may hold, beside what all pages share. */
export interface AnalyticsSearch {
  tab?: string;
}

/** The valid ones of any search parameters. */
export function analyticsSearch({ tab }: Record<string, unknown>): AnalyticsSearch {
  return { tab: text(tab) };
}
