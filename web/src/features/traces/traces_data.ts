import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { type Schema, api, data } from "@/api/client";
import type { paths } from "@/api/schema";
import { type CommonSearch, rangeOf } from "@/url_state/common_search";
import { directionOf, parseSort } from "@/url_state/sort";
import { instantsOf } from "@/url_state/time_range";
import { useCommonSearch } from "@/url_state/use_common_search";
import { DEFAULT_SORT, type TraceFilter, type TracesSearch } from "./traces_search";

export type Trace = Schema<"TraceBody">;
export type TraceField = Schema<"TraceFieldBody">;

type Facet = paths["/v3/traces/facets/{field}"]["get"]["parameters"]["path"]["field"];

export const PAGE_SIZE = 100;
/** The start of all time; without a start, the API uses the last 30 days. */
const FIRST_INSTANT = "1970-01-01T00:00:00Z";
const MAX_VALUES = 100;

/** The page of the list that the URL selects. */
export function useTraces(search: CommonSearch & TracesSearch) {
  const sort = parseSort(search.sort ?? DEFAULT_SORT);
  const { refetchInterval } = useCommonSearch();
  return useQuery({
    queryKey: ["traces", "list", search],
    queryFn: ({ signal }) =>
      data(
        api.POST("/v3/traces/search", {
          signal,
          body: {
            ...selectionOf(search),
            sort: [{ field: sort.id, order: directionOf(sort) } as Schema<"TraceSort">],
            limit: PAGE_SIZE,
            ...(search.page && { page_token: search.page }),
          },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}

/** The number and cost of the traces that the URL selects. */
export function useTraceTotals(url: CommonSearch & TracesSearch) {
  const { range, from, to, project, search, filters } = url;
  const selecting = { range, from, to, project, search, filters };
  const { refetchInterval } = useCommonSearch();
  return useQuery({
    queryKey: ["traces", "totals", selecting],
    queryFn: async ({ signal }) => {
      const body: Schema<"TracesAggregation"> = {
        ...selectionOf(selecting),
        compute: [
          { metric: "count" },
          { metric: "cost_total" },
          { metric: "unpriced_calls_count" },
          { metric: "model_calls_count" },
        ],
      };
      const { data: rows } = await data(api.POST("/v3/traces/aggregate", { signal, body }));
      return rows[0]?.metrics ?? {};
    },
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}

/** The fields that traces can be filtered by. */
export function useTraceFields() {
  return useQuery({
    queryKey: ["traces", "fields"],
    queryFn: ({ signal }) => data(api.GET("/v3/traces/fields", { signal })),
    staleTime: Infinity,
    select: ({ data: fields }) => fields.filter(({ operators }) => operators.length > 0),
  });
}

/** The most frequent values of a field. */
export function useFieldValues(field: TraceField | undefined) {
  const isFacet = field?.facet ?? false;
  return useQuery({
    queryKey: ["traces", "values", field?.name],
    queryFn: ({ signal }) =>
      data(
        api.GET("/v3/traces/facets/{field}", {
          signal,
          params: { path: { field: (field?.name ?? "") as Facet }, query: { limit: MAX_VALUES } },
        }),
      ),
    enabled: isFacet,
    select: ({ values }) => values.map(({ value }) => value),
  });
}

/** Traces that started in the time range of the URL and match its search and filters. */
function selectionOf({ search, filters, project, ...common }: CommonSearch & TracesSearch) {
  const { start, end } = instantsOf(rangeOf(common));
  const inProject: TraceFilter[] = project
    ? [{ field: "project_id", op: "eq", values: [project] }]
    : [];
  return {
    from: start?.toISOString() ?? FIRST_INSTANT,
    ...(end && { to: end.toISOString() }),
    query: search ?? "",
    filters: [...inProject, ...(filters ?? [])] as Schema<"TraceFilter">[],
  };
}
