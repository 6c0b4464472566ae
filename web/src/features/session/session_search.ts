import { oneOf, text } from "@/search/common";

export const TABS = ["conversation", "timeline", "traces", "cost"] as const;
export type SessionTab = (typeof TABS)[number];

/** What the URL of this page may hold, beside what all pages share. */
export interface SessionSearch {
  tab?: SessionTab;
  /** The open span, and the trace that it is of. */
  trace?: string;
  span?: string;
}

/** The valid ones of any search parameters. */
export function sessionSearch({ tab, trace, span }: Record<string, unknown>): SessionSearch {
  return { tab: oneOf(TABS, tab), trace: text(trace), span: text(span) };
}
