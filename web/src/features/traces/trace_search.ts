import { type SpanSearch, spanSearch } from "@/features/span/span_search";
import { text } from "@/url_state/common_search";

/** What the URL of this page may hold, beside what all pages share. */
export interface TraceSearch extends SpanSearch {
  /** The open span. */
  span?: string;
}

/** The valid ones of any search parameters. */
export function traceSearch(search: Record<string, unknown>): TraceSearch {
  return { ...spanSearch(search), span: text(search.span) };
}
