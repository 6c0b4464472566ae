import { type SpanSearch, spanSearch } from "@/features/span/span_search";
import { filled, oneOf, text } from "@/search/common";

export const TABS = ["conversation", "timeline", "traces", "cost"] as const;
export type SessionTab = (typeof TABS)[number];

/** What the URL of this page may hold, beside what all pages share. */
export interface SessionSearch extends SpanSearch {
  tab?: SessionTab;
  /** What its traces are sorted by: a column, after a `-` where the largest comes first. */
  sort?: string;
  /** The open span, and the trace that it is of. */
  trace?: string;
  span?: string;
}

/** The valid ones of any search parameters. */
export function sessionSearch(search: Record<string, unknown>): SessionSearch {
  return {
    ...spanSearch(search),
    tab: oneOf(TABS, search.tab),
    sort: filled(search.sort),
    trace: text(search.trace),
    span: text(search.span),
  };
}
