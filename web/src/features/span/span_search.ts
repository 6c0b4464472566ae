import { oneOf } from "@/search/common";

const SPAN_TABS = ["said", "attributes", "events"] as const;
export const SAID_VIEWS = ["messages", "json", "raw"] as const;
export type SaidView = (typeof SAID_VIEWS)[number];

/** What the URL of a page may hold of the span that is open beside it. */
export interface SpanSearch {
  detail?: (typeof SPAN_TABS)[number];
  /** How what was said is shown. */
  said?: SaidView;
}

/** Once no span is open. */
export const NO_SPAN: SpanSearch & { span: undefined } = {
  span: undefined,
  detail: undefined,
  said: undefined,
};

/** The valid ones of any search parameters. */
export function spanSearch({ detail, said }: Record<string, unknown>): SpanSearch {
  return { detail: oneOf(SPAN_TABS, detail), said: oneOf(SAID_VIEWS, said) };
}
