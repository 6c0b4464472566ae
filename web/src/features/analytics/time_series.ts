import { knownCost } from "@/format/money";
import type { Analytics } from "./analytics_data";
import { METRIC_LABELS, SPLITS, type Split, UNPRICED } from "./analytics_views";

type Figures = Pick<Analytics["total"], "by_bucket">;

/** One series of the chart, one column of its table. */
export interface Series {
  name: string;
  metric: string;
  values: readonly (number | null)[];
  /** Its group; undefined for a total, null for all other groups together. */
  group?: string | null;
}

/** The series of a response: its groups or, without a split, its metrics. */
export function seriesOf(answer: Analytics, split: Split | undefined): Series[] {
  const metric = answer.metrics[0]?.name ?? "";
  if (!split) {
    return answer.metrics
      .filter(({ name }) => name !== UNPRICED)
      .map(({ name }) => ({
        name: METRIC_LABELS[name] ?? name,
        metric: name,
        values: valuesByBucket(answer.total, name),
      }));
  }
  const groups = answer.groups.map((group) => ({
    name: groupName(split, group.value),
    metric,
    values: valuesByBucket(group, metric),
    group: group.value,
  }));
  if (!answer.other) return groups;
  return [
    ...groups,
    { name: OTHERS, metric, values: valuesByBucket(answer.other, metric), group: null },
  ];
}

/** A metric by bucket; the cost is unknown where no call had a price. */
export function valuesByBucket(
  { by_bucket: byBucket }: Figures,
  metric: string,
): (number | null)[] {
  const values = byBucket?.[metric] ?? [];
  if (metric !== "cost") return values;
  const unpriced = byBucket?.[UNPRICED] ?? [];
  return values.map((cost, bucket) => knownCost(cost ?? 0, unpriced[bucket] ?? 0) ?? null);
}

export const OTHERS = "All others";

/** The display name of a group. */
export function groupName(split: Split, value: string): string {
  return value || SPLITS[split].none;
}

const CLOCK: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DAY: Intl.DateTimeFormatOptions = { day: "numeric", month: "short" };

/** The start of a bucket in UTC. */
export function bucketName(start: string, interval: string): string {
  const isLong = ["day", "week"].includes(interval);
  const parts =
    interval === "month"
      ? ({ month: "short", year: "numeric" } as const)
      : isLong
        ? DAY
        : { ...DAY, ...CLOCK };
  return new Intl.DateTimeFormat("en", { ...parts, timeZone: "UTC" }).format(new Date(start));
}
