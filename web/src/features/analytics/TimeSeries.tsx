import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";

import { Chart } from "@/components/Chart";
import { EmptyState } from "@/components/EmptyState";
import type { Analytics, Search } from "./analytics_data";
import { DEFAULT_PERCENTILE, DEFAULT_VIEW, SPLITS, VIEWS, hasPercentiles } from "./analytics_views";
import { chartOption } from "./chart_option";
import { TimeSeriesTable } from "./TimeSeriesTable";
import { seriesOf } from "./time_series";
import { sessionsSearchOf } from "./session_link";

interface Props {
  answer: Analytics;
  search: Search;
}

/** The metrics of the view over time; a click on a point opens its sessions. */
export function TimeSeries({ answer, search }: Props) {
  const navigate = useNavigate();
  const { split, view = DEFAULT_VIEW, percentile = DEFAULT_PERCENTILE } = search;
  const { label, isStacked } = VIEWS[view];
  const series = useMemo(() => seriesOf(answer, split), [answer, split]);
  const option = useMemo(() => chartOption(answer, series, isStacked), [answer, series, isStacked]);
  if (answer.buckets.length === 0) return <EmptyState title="No data in this period" />;
  if (search.as === "table")
    return <TimeSeriesTable answer={answer} series={series} search={search} />;
  const suffix = split && hasPercentiles(view) ? `, ${percentile}` : "";
  const by = split ? `${suffix} by ${SPLITS[split].label.toLowerCase()}` : "";
  return (
    <Chart
      option={option}
      height={300}
      label={`${label}${by} over time, ${answer.buckets.length} intervals. Use the switch above for a table.`}
      onClick={({ seriesName, dataIndex }) => {
        const group = series.find(({ name }) => name === seriesName)?.group;
        void navigate({
          to: "/sessions",
          search: sessionsSearchOf(search, answer, { bucket: dataIndex, split, group, view }),
        });
      }}
    />
  );
}
