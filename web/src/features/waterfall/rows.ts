/** One row of a waterfall: a trace, a span, or the gap before a trace. */
export interface Row {
  key: string;
  name: string;
  /** The kind of a span (llm, tool, agent…), `trace` or `gap`. */
  type: string;
  level: number;
  startMs: number;
  durationMs: number;
  isError: boolean;
  /** Dollars; undefined if there is no cost or another span counts it. */
  cost?: number;
  tokens?: number;
  unpricedCalls?: number;
  /** Whether its children are shown; undefined without children. */
  isOpen?: boolean;
  traceId?: string;
  spanId?: string;
}

/** Lazily built rows, since there may be 100,000. */
export interface Rows {
  count: number;
  at: (index: number) => Row;
}

/** The index of the row with the key, or -1. */
export function indexOf(rows: Rows, key: string | undefined): number {
  if (key === undefined) return -1;
  for (let index = 0; index < rows.count; index++) if (rows.at(index).key === key) return index;
  return -1;
}
