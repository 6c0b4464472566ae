import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { api, data } from "@/api/client";
import { useFetchAllPages } from "@/api/use_fetch_all_pages";
import type { Row } from "./rows";
import { type SpanColumns, type SpanTree, treeOf } from "./span_tree";

/** The spans of a trace as columns, page by page of 20,000. */
export function traceSpansQuery(traceId: string) {
  return infiniteQueryOptions({
    queryKey: ["traces", "timeline", traceId],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      data(
        api.GET("/v3/traces/{trace_id}/timeline", {
          params: {
            path: { trace_id: traceId },
            query: pageParam ? { page_token: pageParam } : { limit: FIRST_SPANS },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_page_token,
  });
}

/** So few at first, so that something is seen at once. */
const FIRST_SPANS = 2_000;

/** The tree of a trace; it grows until all of its spans are read. */
export function useTraceTree(traceId: string) {
  const query = useInfiniteQuery(traceSpansQuery(traceId));
  const { data: read } = query;
  useFetchAllPages(query);
  const tree = useMemo(
    () => (read ? treeOf(joined(read.pages.map(({ spans }) => spans))) : null),
    [read],
  );
  return { tree, query };
}

/** Columns after each other. */
export function joined(pages: readonly SpanColumns[]): SpanColumns {
  const [first, ...others] = pages;
  if (!first || others.length === 0) return first ?? NONE;
  const names = Object.keys(first) as (keyof SpanColumns)[];
  return Object.fromEntries(
    names.map((name) => [name, pages.flatMap((page) => page[name] as unknown[])]),
  ) as unknown as SpanColumns;
}

const NONE: SpanColumns = {
  span_id: [],
  parent_span_id: [],
  name: [],
  type: [],
  started_at: [],
  duration_ms: [],
  is_error: [],
  model: [],
  total_tokens: [],
  total_cost: [],
  is_counted: [],
  is_unpriced: [],
};

/** The row of a span by its place in the columns. */
export function spanRow(
  tree: SpanTree,
  place: number,
  { traceId, closed, level = 0 }: { traceId: string; closed: ReadonlySet<string>; level?: number },
): Row {
  const { spans } = tree;
  const spanId = spans.span_id[place] ?? "";
  const isUnpriced = spans.is_unpriced[place] ?? false;
  const cost = spans.is_counted[place] ? spans.total_cost[place] : undefined;
  return {
    key: `${traceId}/${spanId}`,
    name: spans.name[place] ?? "",
    type: spans.type[place] ?? "",
    level: level + (tree.level[place] ?? 0),
    startMs: spans.started_at[place] ?? 0,
    durationMs: spans.duration_ms[place] ?? 0,
    isError: spans.is_error[place] ?? false,
    cost: cost || isUnpriced ? cost : undefined,
    unpricedCalls: isUnpriced ? 1 : 0,
    tokens: spans.total_tokens[place],
    isOpen: tree.below[place] ? !closed.has(spanId) : undefined,
    traceId,
    spanId,
  };
}
