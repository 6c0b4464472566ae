import { oneOf } from "@/url_state/common_search";

const SPAN_TABS = ["messages", "attributes", "events"] as const;
export const MESSAGE_FORMATS = ["messages", "json", "raw"] as const;
export type MessageFormat = (typeof MESSAGE_FORMATS)[number];

/** The search parameters of the span drawer. */
export interface SpanSearch {
  detail?: (typeof SPAN_TABS)[number];
  /** The format of its messages. */
  format?: MessageFormat;
}

/** The parameters without an open span. */
export const NO_SPAN: SpanSearch & { span: undefined } = {
  span: undefined,
  detail: undefined,
  format: undefined,
};

/** Parse search parameters; invalid ones are dropped. */
export function spanSearch({ detail, format }: Record<string, unknown>): SpanSearch {
  return { detail: oneOf(SPAN_TABS, detail), format: oneOf(MESSAGE_FORMATS, format) };
}
