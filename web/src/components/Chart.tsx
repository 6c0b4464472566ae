import { Skeleton } from "@mantine/core";
import { Suspense, lazy } from "react";

import type { ChartProps } from "./chart/EChart";

const EChart = lazy(() => import("./chart/EChart"));

/** A chart by ECharts, whose code is loaded with the first one. Say in `label` what it shows. */
export function Chart(props: ChartProps) {
  return (
    <Suspense fallback={<Skeleton height={props.height} />}>
      <EChart {...props} />
    </Suspense>
  );
}
