import {
  type QueryClient,
  useInfiniteQuery,
  useQueries,
  useQueryClient,
} from "@tanstack/react-query";
import { useMemo, useState } from "react";

import { useFetchAllPages } from "@/api/use_fetch_all_pages";
import { EmptyState } from "@/components/EmptyState";
import { ErrorState } from "@/components/ErrorState";
import { LoadingRows } from "@/components/LoadingRows";
import { LoadError } from "@/components/LoadError";
import { NextPageError } from "@/components/NextPageError";
import { makeAxis } from "@/features/waterfall/axis";
import { Overview } from "@/features/waterfall/Overview";
import type { Row } from "@/features/waterfall/rows";
import { type SpanTree, treeOf } from "@/features/waterfall/span_tree";
import { joined, traceSpansQuery } from "@/features/waterfall/trace_spans_data";
import { WHOLE } from "@/features/waterfall/view";
import { Waterfall } from "@/features/waterfall/Waterfall";
import { counted } from "@/format/count";
import { timelineQuery } from "../session_data";
import { type TraceColumns, timelineRows } from "./timeline_rows";

interface Props {
  sessionId: string;
  /** The open span as `trace/span`. */
  openKey?: string;
  onOpenSpan: (traceId: string, spanId: string) => void;
}

/** Sessions with at most this many traces start with all of them open. */
const OPEN_ALL_UP_TO = 12;

/** All traces on one time axis, with the spans of open traces below them. */
export function TimelineTab({ sessionId, openKey, onOpenSpan }: Props) {
  const query = useInfiniteQuery(timelineQuery(sessionId));
  const { data } = query;
  useFetchAllPages(query);
  const traces = useMemo(() => joinedTraces(data?.pages.map((page) => page.traces) ?? []), [data]);

  if (query.isPending) return <LoadingRows />;
  if (query.isError && !data)
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (traces.trace_id.length === 0) {
    return <EmptyState title="No traces">This session was created through the API.</EmptyState>;
  }
  return (
    <>
      <NextPageError query={query} />
      <Timeline traces={traces} openKey={openKey} onOpenSpan={onOpenSpan} />
    </>
  );
}

function Timeline({
  traces,
  openKey,
  onOpenSpan,
}: Omit<Props, "sessionId"> & { traces: TraceColumns }) {
  const queries = useQueryClient();
  const [view, setView] = useState(WHOLE);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<ReadonlySet<string>>(() => {
    const few = traces.trace_id.length <= OPEN_ALL_UP_TO ? traces.trace_id : [];
    const chosen = openKey?.split("/")[0];
    return new Set(chosen ? [...few, chosen] : few);
  });
  const axis = useMemo(() => makeAxis(traces.started_at, traces.duration_ms), [traces]);
  const { trees, failed } = useTrees(open);
  const rows = useMemo(
    () => timelineRows({ traces, axis, open: trees, closed }),
    [traces, axis, trees, closed],
  );
  const toggle = ({ traceId, spanId, isOpen }: Row) => {
    if (isOpen === undefined) return;
    if (spanId) setClosed((before) => toggled(before, spanId));
    else if (traceId) setOpen((before) => toggled(before, traceId));
  };
  const openRow = async ({ traceId, spanId }: Row) => {
    if (!traceId) return;
    if (spanId) {
      onOpenSpan(traceId, spanId);
      return;
    }
    // Opening a trace opens its root span.
    const tree = trees.get(traceId) ?? (await readTree(queries, traceId).catch(() => null));
    if (!tree) {
      // Opening the trace shows the error.
      setOpen((before) => new Set([...before, traceId]));
      return;
    }
    const root = tree.spans.span_id[tree.order[0] ?? 0];
    if (root) onOpenSpan(traceId, root);
  };
  return (
    <>
      {failed[0] && (
        <LoadError
          what={`the spans of ${counted(failed.length, "trace")}`}
          error={failed[0].error}
          isRetrying={failed.some(({ isFetching }) => isFetching)}
          onRetry={() => failed.forEach(({ refetch }) => void refetch())}
        />
      )}
      <Waterfall
        label="Traces and spans of the session"
        axis={axis}
        rows={rows}
        view={view}
        onView={setView}
        onOpen={(row) => void openRow(row)}
        onToggle={toggle}
        openKey={openKey}
        overview={
          <Overview
            axis={axis}
            starts={traces.started_at}
            durations={traces.duration_ms}
            errors={traces.is_error}
            view={view}
            onView={setView}
          />
        }
      />
    </>
  );
}

/** The trees of the open traces, null while loading, and the queries that failed. */
function useTrees(open: ReadonlySet<string>) {
  const ids = useMemo(() => [...open], [open]);
  const { found, failed } = useQueries({
    queries: ids.map((traceId) => ({
      queryKey: ["traces", "tree", traceId],
      queryFn: ({ client }: { client: QueryClient }) => readTree(client, traceId),
    })),
    combine: (results) => ({
      found: results.map(({ data }) => data ?? null),
      failed: results
        .filter(({ data, isError }) => isError && !data)
        .map(({ error, isFetching, refetch }) => ({ error, isFetching, refetch })),
    }),
  });
  const trees: ReadonlyMap<string, SpanTree | null> = useMemo(
    () => new Map(ids.map((id, index) => [id, found[index] ?? null])),
    [ids, found],
  );
  return { trees, failed };
}

async function readTree(client: QueryClient, traceId: string) {
  // Ignore the cache: the page of the trace may have loaded only part of it so far.
  const all = { ...traceSpansQuery(traceId), pages: Infinity, staleTime: 0 };
  const { pages } = await client.infiniteQuery(all);
  return treeOf(joined(pages.map((page) => page.spans)));
}

function toggled(before: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(key)) after.add(key);
  return after;
}

function joinedTraces(pages: readonly TraceColumns[]): TraceColumns {
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
