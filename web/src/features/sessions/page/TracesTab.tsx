import { Anchor, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";

import { useFetchAllPages } from "@/api/use_fetch_all_pages";
import { ErrorState } from "@/components/ErrorState";
import { NextPageError } from "@/components/NextPageError";
import { DataTable } from "@/components/table/DataTable";
import type { DataColumn } from "@/components/table/data_column";
import { count } from "@/format/count";
import { parseSort, formatSort } from "@/url_state/sort";
import { visible } from "@/text/visible";
import { tracesQuery } from "../session_data";
import { TRACE_COLUMNS, type Trace } from "../trace_columns";

/** The browser sorts the table and loads all traces, up to this limit. */
const MAX_TRACES = 20_000;

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
  /** The sort of the URL; by default traces are in order of start. */
  sort?: string;
  onSort: (sort: string) => void;
}

/** The table of a session's traces. */
export function TracesTab({ sessionId, sort: chosen, onSort }: Props) {
  const navigate = useNavigate();
  const query = useInfiniteQuery(tracesQuery(sessionId));
  const { data, hasNextPage } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.data) ?? [], [data]);
  const sort = useMemo(() => (chosen ? parseSort(chosen) : undefined), [chosen]);
  const isFull = rows.length >= MAX_TRACES;
  useFetchAllPages(query, !isFull);
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
        onSort={(next) => onSort(formatSort(next))}
        isSortedInBrowser
        isLoading={query.isFetching}
        empty="No traces"
        onOpen={({ trace_id: traceId }) =>
          void navigate({ to: "/traces/$traceId", params: { traceId } })
        }
      />
      <NextPageError query={query} />
      {isFull && hasNextPage && (
        <Text c="dimmed" role="status">
          Showing only the first {count(rows.length)} traces.
        </Text>
      )}
    </>
  );
}
