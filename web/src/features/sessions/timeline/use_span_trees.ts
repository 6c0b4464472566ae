import { type QueryClient, useQueries } from "@tanstack/react-query";
import { useMemo } from "react";

import { type SpanTree, treeOf } from "@/features/waterfall/span_tree";
import { joined, traceSpansQuery } from "@/features/waterfall/trace_spans_data";

/** The trees of the open traces, null while loading, and the queries that failed. */
export function useSpanTrees(open: ReadonlySet<string>) {
  const ids = useMemo(() => [...open], [open]);
  const { found, failed } = useQueries({
    queries: ids.map((traceId) => ({
      queryKey: ["traces", "tree", traceId],
      queryFn: ({ client }: { client: QueryClient }) => loadTree(client, traceId),
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

/** Load all spans of a trace as a tree. */
export async function loadTree(client: QueryClient, traceId: string) {
  // Ignore the cache: the page of the trace may have loaded only part of it so far.
  const all = { ...traceSpansQuery(traceId), pages: Infinity, staleTime: 0 };
  const { pages } = await client.infiniteQuery(all);
  return treeOf(joined(pages.map((page) => page.spans)));
}
