import { oneOf } from "@/url_state/common_search";

const SPAN_TABS = ["messages", "attributes", "events"] as const;
export const MESSAGE_FORMATS = ["messages", "json", "raw"] as const;
export type MessageFormat = (typeof MESSAGE_FORMATS)[number];

/** What the URL of a page may hold of the span that is open beside it. */
export interface SpanSearch {
  detail?: (typeof SPAN_TABS)[number];
  /** How its messages are shown. */
  format?: MessageFormat;
}

/** Once no span is open. */
export const NO_SPAN: SpanSearch & { span: undefined } = {
  span: undefined,
  detail: undefined,
  format: undefined,
};

/** The valid ones of any search parameters. */
export function spanSearch({ detail, format }: Record<string, unknown>): SpanSearch {
  return { detail: oneOf(SPAN_TABS, detail), format: oneOf(MESSAGE_FORMATS, format) };
}
