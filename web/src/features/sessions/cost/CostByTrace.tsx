import { Anchor } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";

import { type Schema, api, data } from "@/api/client";
import { LoadingRows } from "@/components/LoadingRows";
import { Money } from "@/components/Money";
import { QueryBoundary } from "@/components/QueryBoundary";
import { RelativeTime } from "@/components/RelativeTime";
import { visible } from "@/text/visible";
import type { Session } from "../session_data";
import { type FigureColumn, FigureTable } from "./FigureTable";

interface Props {
  session: Session;
  onOpen: (traceId: string) => void;
}

type Trace = Schema<"TraceBody">;

const SHOWN = 20;

/** The most expensive traces of a session. */
function mostExpensiveQuery(session: Session) {
  const { external_id: externalId, started_at: started, ended_at: ended } = session;
  return queryOptions({
    queryKey: ["traces", "most-expensive", session._id],
    queryFn: ({ signal }) =>
      data(
        api.POST("/v3/traces/search", {
          body: {
            from: started,
            // The API excludes the end, which has to be after the start.
            to: new Date(Date.parse(ended ?? started) + 1000).toISOString(),
            filters: [{ field: "session_id", op: "eq", values: [externalId] }],
            sort: [{ field: "cost_total", order: "desc" }],
            limit: SHOWN,
          },
          signal,
        }),
      ),
  });
}

export function CostByTrace({ session, onOpen }: Props) {
  const query = useQuery(mostExpensiveQuery(session));
  const columns: FigureColumn<Trace>[] = [
    {
      header: "Trace",
      cell: (trace) => (
        <Anchor component="button" inherit ta="left" onClick={() => onOpen(trace.trace_id)}>
          {visible(trace.name ?? trace.trace_id)}
        </Anchor>
      ),
    },
    { header: "Started", cell: (trace) => <RelativeTime time={trace.started_at} /> },
    {
      header: "Cost",
      isNumber: true,
      cell: (trace) => (
        <Money
          dollars={trace.cost.total}
          unpricedCalls={trace.unpriced_calls_count}
          calls={trace.model_calls_count}
        />
      ),
    },
  ];
  return (
    <QueryBoundary query={query}>
      {query.data ? (
        <FigureTable
          label="Most expensive traces"
          rows={query.data.data}
          columns={columns}
          rowKey={(trace) => trace.trace_id}
        />
      ) : (
        <LoadingRows count={3} />
      )}
    </QueryBoundary>
  );
}
