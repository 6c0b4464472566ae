import { type ListSearch, listSearch, sessionsSearch } from "./sessions_search";
import { type SpanSearch, spanSearch } from "@/features/span/span_search";
import { nonEmptyText, oneOf, text } from "@/url_state/common_search";

export const TABS = ["conversation", "timeline", "traces", "cost"] as const;
export type SessionTab = (typeof TABS)[number];

/** The search parameters of a session's page, including those of the list it was opened from. */
export interface SessionSearch extends ListSearch, SpanSearch {
  tab?: SessionTab;
  /** The sort column of its traces, with a leading `-` for descending. */
  order?: string;
  /** The open span and its trace. */
  trace?: string;
  span?: string;
}

/** Parse search parameters; invalid ones are dropped. */
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
