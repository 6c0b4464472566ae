import { Anchor, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";

import { useRest } from "@/api/use_rest";
import { ErrorState } from "@/components/ErrorState";
import { UnreadRest } from "@/components/Unread";
import { DataTable } from "@/components/table/DataTable";
import type { DataColumn } from "@/components/table/data_column";
import { count } from "@/format/count";
import { sortOf, sortText } from "@/search/sort";
import { visible } from "@/text/visible";
import { tracesQuery } from "./session_queries";
import { TRACE_COLUMNS, type Trace } from "./trace_columns";

/** All are read, so that the table sorts them; of more than these the first. */
const MOST = 20_000;

const { startedAt, duration, spans, calls, tokens, cost, errors } = TRACE_COLUMNS;
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
  startedAt,
  duration,
  spans,
  calls,
  tokens,
  cost,
  {
    id: "models",
    header: "Models",
    width: 180,
    cell: (trace) => visible(trace.models.map(({ model }) => model ?? "unnamed").join(", ")),
  },
  errors,
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
