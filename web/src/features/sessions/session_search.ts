import { type ListSearch, listSearch, sessionsSearch } from "./sessions_search";
import { type SpanSearch, spanSearch } from "@/features/span/span_search";
import { nonEmptyText, oneOf, text } from "@/url_state/common_search";

export const TABS = ["conversation", "timeline", "traces", "cost"] as const;
export type SessionTab = (typeof TABS)[number];

/** What the URL of this page may hold, beside what all pages share: also the list it is of. */
export interface SessionSearch extends ListSearch, SpanSearch {
  tab?: SessionTab;
  /** What its traces are sorted by: a column, after a `-` where the largest comes first. */
  order?: string;
  /** The open span, and the trace that it is of. */
  trace?: string;
  span?: string;
}

/** The valid ones of any search parameters. */
export function sessionSearch(search: Record<string, unknown>): SessionSearch {
  const { tab, order, trace, span } = search;
  return {
    tab: oneOf(TABS, tab),
    order: nonEmptyText(order),
    trace: text(trace),
    span: text(span),
    ...spanSearch(search),
    ...listSearch(sessionsSearch(search)),
  };
}
