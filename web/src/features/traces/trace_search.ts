import { text } from "@/search/common";

/** What the URL of this page may hold, beside what all pages share. */
export interface TraceSearch {
  /** The open span. */
  span?: string;
}

/** The valid ones of any search parameters. */
export function traceSearch({ span }: Record<string, unknown>): TraceSearch {
  return { span: text(span) };
}
