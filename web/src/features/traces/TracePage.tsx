import { Anchor, Text } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";

import { api, data } from "@/api/client";
import { CopyText } from "@/components/CopyText";
import { ErrorState } from "@/components/ErrorState";
import { LoadingRows } from "@/components/LoadingRows";
import { Page } from "@/components/Page";
import { LoadError } from "@/components/LoadError";
import { NextPageError } from "@/components/NextPageError";
import { SpanDrawer } from "@/features/span/SpanDrawer";
import { NO_SPAN } from "@/features/span/span_search";
import { makeAxis } from "@/features/waterfall/axis";
import { Overview } from "@/features/waterfall/Overview";
import type { Rows } from "@/features/waterfall/rows";
import { type SpanTree, shownSpans } from "@/features/waterfall/span_tree";
import { spanRow, useTraceTree } from "@/features/waterfall/trace_spans_data";
import { WHOLE } from "@/features/waterfall/view";
import { Waterfall } from "@/features/waterfall/Waterfall";
import { counted } from "@/format/count";
import { visible } from "@/text/visible";
import { TraceFacts } from "./TraceFacts";
import type { TraceSearch } from "./trace_search";

function traceQuery(traceId: string) {
  return queryOptions({
    queryKey: ["traces", "one", traceId],
    queryFn: async ({ signal }) => {
      const params = { path: { trace_id: traceId } };
      return (await data(api.GET("/v3/traces/{trace_id}", { params, signal }))).trace;
    },
  });
}

/** One trace: its tree and waterfall side by side. */
export function TracePage() {
  const { traceId } = useParams({ from: "/traces/$traceId" });
  const search = useSearch({ from: "/traces/$traceId" });
  const navigate = useNavigate({ from: "/traces/$traceId" });
  const query = useQuery(traceQuery(traceId));
  const { tree, query: spans } = useTraceTree(traceId);
  const trace = query.data;
  const show = (changed: TraceSearch) =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace: true });
  const openSpan = (ofTrace: string, spanId: string) => {
    if (ofTrace === traceId) show({ span: spanId });
    else
      void navigate({
        to: "/traces/$traceId",
        params: { traceId: ofTrace },
        search: { span: spanId },
      });
  };
  const failed = query.error ?? spans.error;
  const retry = () => {
    if (query.isError) void query.refetch();
    if (spans.isError) void spans.refetch();
  };
  return (
    <Page title={trace?.name ?? "Trace"} isFilling>
      {trace && (
        <>
          <Text component="div" display="flex" style={{ flexWrap: "wrap", gap: "4px 14px" }}>
            <CopyText value={traceId} what="trace id" />
            {trace.session_id && (
              <Anchor
                inherit
                renderRoot={(props: object) => (
                  <Link
                    {...props}
                    to="/sessions/$sessionId"
                    params={{ sessionId: trace.session_id ?? "" }}
                  />
                )}
              >
                Session {visible(trace.session_id)}
              </Anchor>
            )}
            {spans.hasNextPage && tree && (
              <Text span inherit c="dimmed" role="status">
                {counted(tree.order.length, "span")} loaded so far
              </Text>
            )}
          </Text>
          <TraceFacts trace={trace} />
        </>
      )}
      {failed && !tree && <ErrorState error={failed} onRetry={retry} />}
      {query.isError && !trace && tree && (
        <LoadError what="the figures of the trace" error={query.error} onRetry={retry} />
      )}
      <NextPageError query={spans} />
      {!failed && !tree && <LoadingRows />}
      {tree && (
        <TraceTree
          traceId={traceId}
          tree={tree}
          openSpan={search.span}
          onOpen={(span) => show({ span })}
        />
      )}
      <SpanDrawer
        traceId={traceId}
        spanId={search.span}
        shown={search}
        onShow={show}
        onOpen={openSpan}
        onClose={() => show(NO_SPAN)}
      />
    </Page>
  );
}

interface Props {
  traceId: string;
  tree: SpanTree;
  openSpan?: string;
  onOpen: (spanId?: string) => void;
}

function TraceTree({ traceId, tree, openSpan, onOpen }: Props) {
  const [view, setView] = useState(WHOLE);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const { started_at: starts, duration_ms: durations, is_error: errors } = tree.spans;
  const axis = useMemo(() => makeAxis(starts, durations), [starts, durations]);
  const rows = useMemo<Rows>(() => {
    const shown = shownSpans(tree, closed);
    return {
      count: shown.length,
      at: (index) => spanRow(tree, shown[index] ?? 0, { traceId, closed }),
    };
  }, [tree, closed, traceId]);
  return (
    <Waterfall
      label="Spans of the trace"
      axis={axis}
      rows={rows}
      view={view}
      onView={setView}
      onOpen={({ spanId }) => onOpen(spanId)}
      onToggle={({ spanId = "", isOpen }) => {
        if (isOpen === undefined) return;
        setClosed(
          (before) =>
            new Set(isOpen ? [...before, spanId] : [...before].filter((id) => id !== spanId)),
        );
      }}
      openKey={openSpan && `${traceId}/${openSpan}`}
      overview={<Overview {...{ axis, starts, durations, errors, view }} onView={setView} />}
    />
  );
}
