import { Link } from "@tanstack/react-router";
import { useMemo } from "react";

import { Figure } from "@/components/Figure";
import { DataTable } from "@/components/table/DataTable";
import type { DataColumn } from "@/components/table/data_column";
import type { Analytics, Search } from "./analytics_data";
import { DEFAULT_VIEW } from "./analytics_views";
import { type Line, bucketName } from "./course";
import { figure, unitOf } from "./figures";
import { sessionsOf } from "./session_link";

interface Props {
  answer: Analytics;
  lines: readonly Line[];
  search: Search;
}

interface Row {
  bucket: number;
  start: string;
}

/** The same figures as the chart's, a row a bucket; each leads to its sessions. */
export function CourseTable({ answer, lines, search }: Props) {
  const rows = useMemo(
    () => answer.buckets.map((start, bucket) => ({ bucket, start })),
    [answer.buckets],
  );
  const columns = useMemo(
    () => [timeColumn(answer, search), ...lines.map((line) => lineColumn(answer, search, line))],
    [answer, lines, search],
  );
  return (
    <DataTable
      id="analytics-course"
      label="Figures over time"
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
      <Link to="/sessions" search={sessionsOf(search, answer, { bucket })}>
        {bucketName(start, answer.interval)}
      </Link>
    ),
    width: 130,
    isGrowing: true,
  };
}

function lineColumn(answer: Analytics, search: Search, line: Line): DataColumn<Row> {
  const { name, metric, values, group } = line;
  const { split, view = DEFAULT_VIEW } = search;
  const unit = unitOf(answer, metric);
  return {
    id: `line ${name}`,
    header: name,
    value: ({ bucket }) => values[bucket] ?? undefined,
    cell: ({ bucket }) => {
      const shown = <Figure>{figure(values[bucket], unit)}</Figure>;
      if (!values[bucket]) return shown;
      const found = sessionsOf(search, answer, { bucket, split, group, view });
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
