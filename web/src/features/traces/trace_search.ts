import { type SpanSearch, spanSearch } from "@/features/span/span_search";
import { text } from "@/url_state/common_search";

/** The search parameters of a trace's page, in addition to the common ones. */
export interface TraceSearch extends SpanSearch {
  /** The open span. */
  span?: string;
}

/** Parse search parameters; invalid ones are dropped. */
export function traceSearch(search: Record<string, unknown>): TraceSearch {
  return { ...spanSearch(search), span: text(search.span) };
}
