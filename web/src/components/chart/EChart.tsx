import { useComputedColorScheme } from "@mantine/core";
import { BarChart, LineChart } from "echarts/charts";
import {
  AriaComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
} from "echarts/components";
import { type EChartsCoreOption, type EChartsType, init, use as register } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useEffectEvent, useRef } from "react";

import { chartTheme } from "./chart_theme";

register([
  AriaComponent,
  BarChart,
  CanvasRenderer,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  LineChart,
  MarkLineComponent,
  TooltipComponent,
]);

/** A clicked point: its series and index. */
export interface ChartClick {
  seriesName: string;
  dataIndex: number;
  name: string;
}

export interface ChartProps {
  /** The ECharts option, which must be memoised; colours and axes come from the theme. */
  option: EChartsCoreOption;
  height: number;
  /** Describes the chart for screen readers. */
  label: string;
  onClick?: (click: ChartClick) => void;
}

export default function EChart({ option, height, label, onClick }: ChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  const scheme = useComputedColorScheme();
  const clicked = useEffectEvent((click: ChartClick) => onClick?.(click));

  useEffect(() => {
    if (!element.current) return;
    const instance = init(element.current, chartTheme(scheme));
    chart.current = instance;
    instance.on("click", (event) =>
      clicked({
        seriesName: event.seriesName ?? "",
        dataIndex: event.dataIndex,
        name: event.name,
      }),
    );
    const observer = new ResizeObserver(() => instance.resize());
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      instance.dispose();
    };
  }, [scheme]);

  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true });
  }, [option, scheme]);

  return <div ref={element} role="img" aria-label={label} style={{ height, width: "100%" }} />;
}
