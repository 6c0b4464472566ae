import type { Schema } from "@/api/client";
import { duration } from "@/format/duration";
import type { Axis } from "@/features/waterfall/axis";
import type { Row, Rows } from "@/features/waterfall/rows";
import { type SpanTree, shownSpans } from "@/features/waterfall/span_tree";
import { spanRow } from "@/features/waterfall/trace_spans_data";

export type TraceColumns = Schema<"TraceColumns">;

interface Shown {
  traces: TraceColumns;
  axis: Axis;
  /** The traces whose spans are shown; of those that are not read yet, none. */
  open: ReadonlyMap<string, SpanTree | null>;
  /** The spans whose children are not shown. */
  closed: ReadonlySet<string>;
}

const NOTHING = new Int32Array();

/** The rows of a session: its traces, the spans of the open ones, and the pauses that are folded. */
export function timelineRows({ traces, axis, open, closed }: Shown): Rows {
  const gaps = new Map(axis.gaps.map((gap) => [gap.endMs, gap]));
  const spans = new Map(
    [...open].map(([id, tree]) => [id, tree ? shownSpans(tree, closed) : NOTHING]),
  );
  // Where each trace's block begins: the pause before it, itself, its spans.
  const begins: number[] = [];
  let count = 0;
  traces.trace_id.forEach((id, place) => {
    begins.push(count);
    count += (gaps.has(traces.started_at[place] ?? 0) ? 1 : 0) + 1 + (spans.get(id)?.length ?? 0);
  });
  const at = (index: number): Row => {
    const place = lastUpTo(begins, index);
    const traceId = traces.trace_id[place] ?? "";
    const gap = gaps.get(traces.started_at[place] ?? 0);
    const within = index - (begins[place] ?? 0) - (gap ? 1 : 0);
    if (within < 0 && gap) {
      const ms = gap.endMs - gap.startMs;
      return { ...BARE, key: `gap ${traceId}`, name: `${duration(ms)} later`, type: "gap" };
    }
    const tree = open.get(traceId);
    if (within > 0 && tree) {
      return spanRow(tree, spans.get(traceId)?.[within - 1] ?? 0, { traceId, closed, level: 1 });
    }
    return traceRow(traces, place, open.has(traceId));
  };
  return { count, at };
}

const BARE = { level: 0, startMs: 0, durationMs: 0, isError: false };

function traceRow(traces: TraceColumns, place: number, isOpen: boolean): Row {
  const traceId = traces.trace_id[place] ?? "";
  return {
    key: traceId,
    name: traces.name[place] ?? "",
    type: "trace",
    level: 0,
    startMs: traces.started_at[place] ?? 0,
    durationMs: traces.duration_ms[place] ?? 0,
    isError: traces.is_error[place] ?? false,
    cost: traces.total_cost[place],
    tokens: traces.total_tokens[place],
    unpricedCalls: traces.unpriced_calls_count[place],
    isOpen,
    traceId,
  };
}

/** The last place whose value is at most `value`. */
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
