import {
  type QueryClient,
  useInfiniteQuery,
  useQueries,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";

import { EmptyState } from "@/components/EmptyState";
import { ErrorState } from "@/components/ErrorState";
import { LoadingRows } from "@/components/LoadingRows";
import { makeAxis } from "@/features/waterfall/axis";
import { Overview } from "@/features/waterfall/Overview";
import type { Row } from "@/features/waterfall/rows";
import { type SpanTree, treeOf } from "@/features/waterfall/span_tree";
import { joined, traceSpansQuery } from "@/features/waterfall/trace_spans";
import { WHOLE } from "@/features/waterfall/view";
import { Waterfall } from "@/features/waterfall/Waterfall";
import { timelineQuery } from "../session_queries";
import { type TraceColumns, timelineRows } from "./timeline_rows";

interface Props {
  sessionId: string;
  /** The open span, `trace/span`. */
  openKey?: string;
  onOpenSpan: (traceId: string, spanId: string) => void;
}

/** Of a session of so few traces all are open at first. */
const FEW = 12;

/** All traces on one axis of time, the spans of those that are open below them. */
export function TimelineTab({ sessionId, openKey, onOpenSpan }: Props) {
  const query = useInfiniteQuery(timelineQuery(sessionId));
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const traces = useMemo(() => joinedTraces(data?.pages.map((page) => page.traces) ?? []), [data]);

  if (query.isPending) return <LoadingRows />;
  if (query.isError && !data)
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (traces.trace_id.length === 0) {
    return <EmptyState title="No traces">This session was written by the API only.</EmptyState>;
  }
  return <Timeline traces={traces} openKey={openKey} onOpenSpan={onOpenSpan} />;
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
    const few = traces.trace_id.length <= FEW ? traces.trace_id : [];
    const chosen = openKey?.split("/")[0];
    return new Set(chosen ? [...few, chosen] : few);
  });
  const axis = useMemo(() => makeAxis(traces.started_at, traces.duration_ms), [traces]);
  const trees = useTrees(open);
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
    // A trace's details are those of its root.
    const tree = trees.get(traceId) ?? (await readTree(queries, traceId));
    const root = tree.spans.span_id[tree.order[0] ?? 0];
    if (root) onOpenSpan(traceId, root);
  };
  return (
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
  );
}

/** The trees of the open traces; null until they are read. */
function useTrees(open: ReadonlySet<string>): ReadonlyMap<string, SpanTree | null> {
  const ids = useMemo(() => [...open], [open]);
  const found = useQueries({
    queries: ids.map((traceId) => ({
      queryKey: ["traces", "tree", traceId],
      queryFn: ({ client }: { client: QueryClient }) => readTree(client, traceId),
    })),
    combine: (results) => results.map(({ data }) => data ?? null),
  });
  return useMemo(() => new Map(ids.map((id, index) => [id, found[index] ?? null])), [ids, found]);
}

async function readTree(client: QueryClient, traceId: string) {
  const { pages } = await client.infiniteQuery({ ...traceSpansQuery(traceId), pages: 100 });
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
