import { type ListSearch, listSearch, sessionsSearch } from "@/features/sessions/sessions_search";
import { oneOf, text } from "@/search/common";

export const TABS = ["conversation", "timeline", "traces", "cost"] as const;
export type SessionTab = (typeof TABS)[number];

/** What the URL of this page may hold, beside what all pages share: also the list it is of. */
export interface SessionSearch extends ListSearch {
  tab?: SessionTab;
  /** The open span, and the trace that it is of. */
  trace?: string;
  span?: string;
}

/** The valid ones of any search parameters. */
export function sessionSearch(search: Record<string, unknown>): SessionSearch {
  const { tab, trace, span } = search;
  return {
    tab: oneOf(TABS, tab),
    trace: text(trace),
    span: text(span),
    ...listSearch(sessionsSearch(search)),
  };
}
