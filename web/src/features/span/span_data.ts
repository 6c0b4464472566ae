import { queryOptions } from "@tanstack/react-query";

import { type Schema, api, data } from "@/api/client";

export type SpanDetail = Schema<"SpanDetailBody">;

/** A span with all its details. */
export function spanQuery(traceId: string, spanId: string) {
  return queryOptions({
    queryKey: ["traces", "span", traceId, spanId],
    queryFn: async ({ signal }) => {
      const path = { trace_id: traceId, span_id: spanId };
      const { span } = await data(
        api.GET("/v3/traces/{trace_id}/spans/{span_id}", { params: { path }, signal }),
      );
      return span;
    },
  });
}
