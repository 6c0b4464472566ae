import { Link } from "@tanstack/react-router";
import { useMemo } from "react";

import { Figure } from "@/components/Figure";
import { DataTable } from "@/components/table/DataTable";
import type { DataColumn } from "@/components/table/data_column";
import type { Analytics, Search } from "./analytics_data";
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

/** The same figures as the chart's, a row a bucket. */
export function CourseTable({ answer, lines, search }: Props) {
  const rows = useMemo(
    () => answer.buckets.map((start, bucket) => ({ bucket, start })),
    [answer.buckets],
  );
  const columns = useMemo(
    () => [timeColumn(answer, search), ...lines.map((line) => lineColumn(answer, line))],
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

function lineColumn(answer: Analytics, { name, metric, values }: Line): DataColumn<Row> {
  const unit = unitOf(answer, metric);
  return {
    id: `line ${name}`,
    header: name,
    value: ({ bucket }) => values[bucket] ?? undefined,
    cell: ({ bucket }) => <Figure>{figure(values[bucket], unit)}</Figure>,
    align: "right",
    width: 120,
  };
}
