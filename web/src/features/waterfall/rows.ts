/** One row of a waterfall: a trace or a span, or the pause before a trace. */
export interface Row {
  key: string;
  name: string;
  /** What it does: llm, tool, agent…; `trace` for a trace, `gap` for a pause. */
  type: string;
  level: number;
  startMs: number;
  durationMs: number;
  isError: boolean;
  /** Dollars; nothing where its cost is part of another's, or there is none. */
  cost?: number;
  tokens?: number;
  unpricedCalls?: number;
  /** Whether something can be shown below it, and is. */
  isOpen?: boolean;
  traceId?: string;
  spanId?: string;
}

/** Rows by number: there may be 100,000, of which few are looked at. */
export interface Rows {
  count: number;
  at: (index: number) => Row;
}

/** Where the row with that key is; -1 where it is not. */
export function indexOf(rows: Rows, key: string | undefined): number {
  if (key === undefined) return -1;
  for (let index = 0; index < rows.count; index++) if (rows.at(index).key === key) return index;
  return -1;
}
