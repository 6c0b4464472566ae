import { compactCount, count } from "@/format/count";
import { duration } from "@/format/duration";
import { compactMoney, money } from "@/format/money";
import { UNKNOWN } from "@/format/unknown";
import type { Analytics } from "./analytics_data";

export type Unit = Analytics["metrics"][number]["unit"];

/** Format a figure in its unit; an unknown figure is not 0. */
export function figure(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined) return UNKNOWN;
  if (unit === "usd") return money(value);
  return unit === "ms" ? duration(value) : count(value);
}

/** The short form for axes and cards. */
export function shortFigure(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined) return UNKNOWN;
  if (unit === "usd") return compactMoney(value);
  return unit === "ms" ? duration(value) : compactCount(value);
}

/** The unit of a metric of the response. */
export function unitOf({ metrics }: Analytics, name: string): Unit {
  return metrics.find((metric) => metric.name === name)?.unit ?? "count";
}
