import type { Analytics } from "./analytics_data";
import { METRIC_LABELS, SPLITS, type Split } from "./analytics_views";

/** One line of the chart, one column of its table. */
export interface Line {
  name: string;
  metric: string;
  values: readonly (number | null)[];
  /** The group that it is; undefined for a figure of everything, null for all other groups. */
  group?: string | null;
}

/** The lines of an answer: its groups, else its metrics. */
export function linesOf(answer: Analytics, split: Split | undefined): Line[] {
  const metric = answer.metrics[0]?.name ?? "";
  if (!split) {
    return answer.metrics.map(({ name }) => ({
      name: METRIC_LABELS[name] ?? name,
      metric: name,
      values: answer.total.by_bucket?.[name] ?? [],
    }));
  }
  const groups = answer.groups.map(({ value, by_bucket }) => ({
    name: groupName(split, value),
    metric,
    values: by_bucket?.[metric] ?? [],
    group: value,
  }));
  const other = answer.other?.by_bucket?.[metric];
  return other ? [...groups, { name: OTHERS, metric, values: other, group: null }] : groups;
}

export const OTHERS = "All others";

/** A group as people read it. */
export function groupName(split: Split, value: string): string {
  return value || SPLITS[split].none;
}

const CLOCK: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DAY: Intl.DateTimeFormatOptions = { day: "numeric", month: "short" };

/** When a bucket begins: buckets are parts of the UTC clock. */
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
