import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { api, data } from "@/api/client";
import { useFetchAllPages } from "@/api/use_fetch_all_pages";
import type { Row } from "./rows";
import { type SpanColumns, type SpanTree, treeOf } from "./span_tree";

/** The spans of a trace as columns, in pages of 20,000. */
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

/** A small first page, to show something at once. */
const FIRST_SPANS = 2_000;

/** The tree of a trace, which grows until all spans are loaded. */
export function useTraceTree(traceId: string) {
  const query = useInfiniteQuery(traceSpansQuery(traceId));
  const { data: loaded } = query;
  useFetchAllPages(query);
  const tree = useMemo(
    () => (loaded ? treeOf(joined(loaded.pages.map(({ spans }) => spans))) : null),
    [loaded],
  );
  return { tree, query };
}

/** Concatenate columns. */
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

/** The row of a span by its column index. */
export function spanRow(
  tree: SpanTree,
  index: number,
  { traceId, closed, level = 0 }: { traceId: string; closed: ReadonlySet<string>; level?: number },
): Row {
  const { spans } = tree;
  const spanId = spans.span_id[index] ?? "";
  const isUnpriced = spans.is_unpriced[index] ?? false;
  const cost = spans.is_counted[index] ? spans.total_cost[index] : undefined;
  return {
    key: `${traceId}/${spanId}`,
    name: spans.name[index] ?? "",
    type: spans.type[index] ?? "",
    level: level + (tree.level[index] ?? 0),
    startMs: spans.started_at[index] ?? 0,
    durationMs: spans.duration_ms[index] ?? 0,
    isError: spans.is_error[index] ?? false,
    cost: cost || isUnpriced ? cost : undefined,
    unpricedCalls: isUnpriced ? 1 : 0,
    tokens: spans.total_tokens[index],
    isOpen: tree.below[index] ? !closed.has(spanId) : undefined,
    traceId,
    spanId,
  };
}
