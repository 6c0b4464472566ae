import { Anchor, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";

import type { Schema } from "@/api/client";
import { useRest } from "@/api/use_rest";
import { Duration } from "@/components/Duration";
import { ErrorState } from "@/components/ErrorState";
import { Money } from "@/components/Money";
import { RelativeTime } from "@/components/RelativeTime";
import { Tokens } from "@/components/Tokens";
import { UnreadRest } from "@/components/Unread";
import { DataTable } from "@/components/table/DataTable";
import type { DataColumn } from "@/components/table/data_column";
import { count } from "@/format/count";
import { sortOf, sortText } from "@/search/sort";
import { visible } from "@/text/visible";
import { tracesQuery } from "./session_queries";

type Trace = Schema<"SessionTraceBody">;

/** All are read, so that the table sorts them; of more than these the first. */
const MOST = 20_000;

const COLUMNS: DataColumn<Trace>[] = [
  {
    id: "name",
    header: "Trace",
    width: 220,
    isGrowing: true,
    value: (trace) => trace.name,
    cell: (trace) => (
      <Anchor
        inherit
        renderRoot={(props: object) => (
          <Link {...props} to="/traces/$traceId" params={{ traceId: trace.trace_id }} />
        )}
      >
        {visible(trace.name) || trace.trace_id}
      </Anchor>
    ),
  },
  {
    id: "started_at",
    header: "Started",
    value: (trace) => trace.started_at,
    cell: (trace) => <RelativeTime time={trace.started_at} />,
  },
  {
    id: "duration",
    header: "Duration",
    align: "right",
    value: (trace) => trace.duration,
    cell: (trace) => <Duration ms={trace.duration} />,
  },
  {
    id: "spans",
    header: "Spans",
    align: "right",
    width: 80,
    value: (trace) => trace.spans_count,
    cell: (trace) => count(trace.spans_count),
  },
  {
    id: "calls",
    header: "Calls",
    align: "right",
    width: 80,
    value: (trace) => trace.model_calls_count,
    cell: (trace) => count(trace.model_calls_count),
  },
  {
    id: "tokens",
    header: "Tokens",
    align: "right",
    value: (trace) => trace.total_tokens,
    cell: (trace) => <Tokens tokens={trace.total_tokens} />,
  },
  {
    id: "cost",
    header: "Cost",
    align: "right",
    value: (trace) => trace.total_cost,
    cell: (trace) => (
      <Money
        dollars={trace.total_cost}
        unpricedCalls={trace.unpriced_calls_count}
        calls={trace.model_calls_count}
      />
    ),
  },
  {
    id: "models",
    header: "Models",
    width: 180,
    cell: (trace) => visible(trace.models.map(({ model }) => model ?? "unnamed").join(", ")),
  },
  {
    id: "errors",
    header: "Errors",
    align: "right",
    width: 80,
    value: (trace) => trace.errors_count,
    cell: (trace) => count(trace.errors_count),
  },
];

interface Props {
  sessionId: string;
  /** As the URL has it; else they are in order of start. */
  sort?: string;
  onSort: (sort: string) => void;
}

/** The table of a session's traces. */
export function TracesTab({ sessionId, sort: chosen, onSort }: Props) {
  const navigate = useNavigate();
  const query = useInfiniteQuery(tracesQuery(sessionId));
  const { data, hasNextPage } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.data) ?? [], [data]);
  const sort = useMemo(() => (chosen ? sortOf(chosen) : undefined), [chosen]);
  const isFull = rows.length >= MOST;
  useRest(query, !isFull);
  if (query.isError && !data)
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      <DataTable
        id="session-traces"
        label="Traces of the session"
        rows={rows}
        columns={COLUMNS}
        rowId={(trace) => trace.trace_id}
        sort={sort}
        onSort={(next) => onSort(sortText(next))}
        isSortedHere
        isLoading={query.isFetching}
        empty="This session has no traces."
        onOpen={({ trace_id: traceId }) =>
          void navigate({ to: "/traces/$traceId", params: { traceId } })
        }
      />
      <UnreadRest query={query} />
      {isFull && hasNextPage && (
        <Text c="dimmed" role="status">
          Only the first {count(rows.length)} traces are listed.
        </Text>
      )}
    </>
  );
}
