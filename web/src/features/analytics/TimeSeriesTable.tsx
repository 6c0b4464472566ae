import { Link } from "@tanstack/react-router";
import { useMemo } from "react";

import { Figure } from "@/components/Figure";
import { DataTable } from "@/components/table/DataTable";
import type { DataColumn } from "@/components/table/data_column";
import type { Analytics, Search } from "./analytics_data";
import { DEFAULT_VIEW } from "./analytics_views";
import { type Series, bucketName } from "./time_series";
import { figure, unitOf } from "./figures";
import { sessionsSearchOf } from "./session_link";

interface Props {
  answer: Analytics;
  series: readonly Series[];
  search: Search;
}

interface Row {
  bucket: number;
  start: string;
}

/** The figures of the chart, one row per bucket, with links to the sessions. */
export function TimeSeriesTable({ answer, series, search }: Props) {
  const rows = useMemo(
    () => answer.buckets.map((start, bucket) => ({ bucket, start })),
    [answer.buckets],
  );
  const columns = useMemo(
    () => [timeColumn(answer, search), ...series.map((one) => seriesColumn(answer, search, one))],
    [answer, series, search],
  );
  return (
    <DataTable
      id="analytics-time-series"
      label="Metrics over time"
      rows={rows}
      columns={columns}
      rowId={({ start }) => start}
      maxHeight="300px"
      hasKeys={false}
    />
  );
}

function timeColumn(answer: Analytics, search: Search): DataColumn<Row> {
  return {
    id: "start",
    header: "From (UTC)",
    value: ({ start }) => start,
    cell: ({ bucket, start }) => (
      <Link to="/sessions" search={sessionsSearchOf(search, answer, { bucket })}>
        {bucketName(start, answer.interval)}
      </Link>
    ),
    width: 130,
    isGrowing: true,
  };
}

function seriesColumn(answer: Analytics, search: Search, series: Series): DataColumn<Row> {
  const { name, metric, values, group } = series;
  const { split, view = DEFAULT_VIEW } = search;
  const unit = unitOf(answer, metric);
  return {
    id: `series ${name}`,
    header: name,
    value: ({ bucket }) => values[bucket] ?? undefined,
    cell: ({ bucket }) => {
      const shown = <Figure>{figure(values[bucket], unit)}</Figure>;
      if (!values[bucket]) return shown;
      const found = sessionsSearchOf(search, answer, { bucket, split, group, view });
      return (
        <Link to="/sessions" search={found}>
          {shown}
        </Link>
      );
    },
    align: "right",
    width: 120,
  };
}
