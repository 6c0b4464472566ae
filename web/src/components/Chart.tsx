import { Skeleton } from "@mantine/core";
import { Suspense, lazy } from "react";

import type { ChartProps } from "./chart/EChart";

const EChart = lazy(() => import("./chart/EChart"));

/** A lazily loaded ECharts chart; `label` describes it for screen readers. */
export function Chart(props: ChartProps) {
  return (
    <Suspense fallback={<Skeleton height={props.height} />}>
      <EChart {...props} />
    </Suspense>
  );
}
