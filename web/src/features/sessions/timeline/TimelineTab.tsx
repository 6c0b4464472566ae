import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
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
import { WHOLE } from "@/features/waterfall/view";
import { Waterfall } from "@/features/waterfall/Waterfall";
import { counted } from "@/format/count";
import { timelineQuery } from "../session_data";
import { type TraceColumns, joinedTraces, timelineRows } from "./timeline_rows";
import { loadTree, useSpanTrees } from "./use_span_trees";

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
  const { trees, failed } = useSpanTrees(open);
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
    const tree = trees.get(traceId) ?? (await loadTree(queries, traceId).catch(() => null));
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

function toggled(before: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(key)) after.add(key);
  return after;
}
