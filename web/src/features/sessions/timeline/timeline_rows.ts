import type { Schema } from "@/api/client";
import { duration } from "@/format/duration";
import type { Axis } from "@/features/waterfall/axis";
import type { Row, Rows } from "@/features/waterfall/rows";
import { type SpanTree, shownSpans } from "@/features/waterfall/span_tree";
import { spanRow } from "@/features/waterfall/trace_spans_data";

export type TraceColumns = Schema<"TraceColumns">;

/** Concatenate the columns of pages. */
export function joinedTraces(pages: readonly TraceColumns[]): TraceColumns {
  const [first, ...others] = pages;
  if (first && others.length === 0) return first;
  const all = <Name extends keyof TraceColumns>(name: Name) =>
    pages.flatMap((page) => page[name] as unknown[]) as TraceColumns[Name];
  return {
    trace_id: all("trace_id"),
    name: all("name"),
    started_at: all("started_at"),
    duration_ms: all("duration_ms"),
    is_error: all("is_error"),
    spans_count: all("spans_count"),
    unpriced_calls_count: all("unpriced_calls_count"),
    total_tokens: all("total_tokens"),
    total_cost: all("total_cost"),
  };
}

interface Options {
  traces: TraceColumns;
  axis: Axis;
  /** The trees of the open traces, null while loading. */
  open: ReadonlyMap<string, SpanTree | null>;
  /** The ids of collapsed spans. */
  closed: ReadonlySet<string>;
}

const NO_SPANS = new Int32Array();

/** The rows of a session: traces, spans of open traces, and folded gaps. */
export function timelineRows({ traces, axis, open, closed }: Options): Rows {
  const gaps = new Map(axis.gaps.map((gap) => [gap.endMs, gap]));
  const spans = new Map(
    [...open].map(([id, tree]) => [id, tree ? shownSpans(tree, closed) : NO_SPANS]),
  );
  // The first row of each trace's block: the gap before it, the trace, its spans.
  const firstRows: number[] = [];
  let count = 0;
  traces.trace_id.forEach((id, traceIndex) => {
    firstRows.push(count);
    count +=
      (gaps.has(traces.started_at[traceIndex] ?? 0) ? 1 : 0) + 1 + (spans.get(id)?.length ?? 0);
  });
  const at = (index: number): Row => {
    const traceIndex = lastUpTo(firstRows, index);
    const traceId = traces.trace_id[traceIndex] ?? "";
    const gap = gaps.get(traces.started_at[traceIndex] ?? 0);
    const within = index - (firstRows[traceIndex] ?? 0) - (gap ? 1 : 0);
    if (within < 0 && gap) {
      const ms = gap.endMs - gap.startMs;
      return { ...EMPTY_ROW, key: `gap ${traceId}`, name: `${duration(ms)} later`, type: "gap" };
    }
    const tree = open.get(traceId);
    if (within > 0 && tree) {
      return spanRow(tree, spans.get(traceId)?.[within - 1] ?? 0, { traceId, closed, level: 1 });
    }
    return traceRow(traces, traceIndex, open.has(traceId));
  };
  return { count, at };
}

const EMPTY_ROW = { level: 0, startMs: 0, durationMs: 0, isError: false };

function traceRow(traces: TraceColumns, traceIndex: number, isOpen: boolean): Row {
  const traceId = traces.trace_id[traceIndex] ?? "";
  return {
    key: traceId,
    name: traces.name[traceIndex] ?? "",
    type: "trace",
    level: 0,
    startMs: traces.started_at[traceIndex] ?? 0,
    durationMs: traces.duration_ms[traceIndex] ?? 0,
    isError: traces.is_error[traceIndex] ?? false,
    cost: traces.total_cost[traceIndex],
    tokens: traces.total_tokens[traceIndex],
    unpricedCalls: traces.unpriced_calls_count[traceIndex],
    isOpen,
    traceId,
  };
}

/** The index of the last value that is at most `value`. */
function lastUpTo(values: readonly number[], value: number): number {
  let low = 0;
  let high = values.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) <= value) low = middle;
    else high = middle;
  }
  return low;
}
