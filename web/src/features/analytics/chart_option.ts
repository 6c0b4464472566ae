import type { EChartsCoreOption } from "echarts/core";

import type { Analytics } from "./analytics_data";
import { type Series, bucketName } from "./time_series";
import { figure, shortFigure, unitOf } from "./figures";

/** The ECharts option: stacked bars for sums, lines for everything else. */
export function chartOption(
  answer: Analytics,
  series: readonly Series[],
  isStacked: boolean,
): EChartsCoreOption {
  const unit = unitOf(answer, series[0]?.metric ?? "");
  return {
    animation: false,
    grid: { left: 8, right: 12, top: 30, bottom: 4, containLabel: true },
    legend: { type: "scroll", top: 0, left: 0, padding: [0, 40, 0, 0] },
    tooltip: {
      trigger: "axis",
      axisPointer: { type: isStacked ? "shadow" : "line" },
      valueFormatter: (value: unknown) => figure(typeof value === "number" ? value : null, unit),
    },
    xAxis: {
      type: "category",
      data: answer.buckets.map((start) => bucketName(start, answer.interval)),
      boundaryGap: isStacked,
    },
    yAxis: {
      type: "value",
      axisLabel: { formatter: (value: number) => shortFigure(value, unit) },
      splitNumber: 4,
    },
    series: series.map(({ name, values, group }) => ({
      name,
      data: values,
      cursor: "pointer",
      ...(group === null && { itemStyle: { color: "#868e96" } }),
      ...(isStacked
        ? { type: "bar", stack: "all", barMaxWidth: 40, barCategoryGap: "20%" }
        : { type: "line", showSymbol: true, symbol: "circle", symbolSize: 5, connectNulls: false }),
    })),
  };
}
