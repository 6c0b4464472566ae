import type { Schema } from "@/api/client";
import { Duration } from "@/components/Duration";
import { Money } from "@/components/Money";
import { RelativeTime } from "@/components/RelativeTime";
import { Tokens } from "@/components/Tokens";
import type { DataColumn } from "@/components/table/data_column";
import { count } from "@/format/count";

export type Trace = Schema<"SessionTraceBody">;

/** Columns of the figures of a session's traces. */
export const TRACE_COLUMNS = {
  startedAt: {
    id: "started_at",
    header: "Started",
    value: (trace) => trace.started_at,
    cell: (trace) => <RelativeTime time={trace.started_at} />,
  },
  duration: {
    id: "duration",
    header: "Duration",
    align: "right",
    value: (trace) => trace.duration,
    cell: (trace) => <Duration ms={trace.duration} />,
  },
  spans: {
    id: "spans",
    header: "Spans",
    align: "right",
    width: 80,
    value: (trace) => trace.spans_count,
    cell: (trace) => count(trace.spans_count),
  },
  calls: {
    id: "calls",
    header: "Calls",
    align: "right",
    width: 80,
    value: (trace) => trace.model_calls_count,
    cell: (trace) => count(trace.model_calls_count),
  },
  tokens: {
    id: "tokens",
    header: "Tokens",
    align: "right",
    value: (trace) => trace.total_tokens,
    cell: (trace) => <Tokens tokens={trace.total_tokens} />,
  },
  cost: {
    id: "cost",
    header: "Cost",
    align: "right",
    value: (trace) => trace.total_cost,
    cell: (trace) => (
      <Money
        dollars={trace.total_cost}
        unpricedCalls={trace.unpriced_calls_count}
        calls={trace.model_calls_count - trace.failed_calls_count}
      />
    ),
  },
  errors: {
    id: "errors",
    header: "Errors",
    align: "right",
    width: 80,
    value: (trace) => trace.errors_count,
    cell: (trace) => count(trace.errors_count),
  },
} satisfies Record<string, DataColumn<Trace>>;
