import { Skeleton } from "@mantine/core";

import type { Schema } from "@/api/client";
import { compactCount, count, percent } from "@/format/count";
import { duration, exactDuration } from "@/format/duration";
import { exactMoney, knownCost, money } from "@/format/money";
import { UNKNOWN, unpriced } from "@/format/unknown";
import { Total } from "./Total";
import classes from "./TotalsStrip.module.css";

type Figures = Schema<"FiguresBody">;

interface Kind {
  label: string;
  /** Undefined if unknown: no sessions, no durations or no priced calls. */
  value: (figures: Figures) => number | undefined;
  text: (value: number) => string;
  exact?: (value: number) => string;
  /** A decrease is an improvement. */
  isLowerBetter?: boolean;
  note?: (figures: Figures) => string | null;
}

const KINDS: readonly Kind[] = [
  { label: "Sessions", value: (figures) => figures.sessions_count, text: count },
  {
    label: "Cost",
    value: (figures) =>
      knownCost(
        figures.billing.total_cost,
        figures.unpriced_calls_count,
        figures.model_calls_count,
      ),
    text: money,
    exact: exactMoney,
    isLowerBetter: true,
    note: (figures) => unpriced(figures.unpriced_calls_count),
  },
  {
    label: "Tokens",
    value: ({ usage }) => usage.total_tokens,
    text: compactCount,
    exact: count,
  },
  {
    label: "Duration p50",
    value: (figures) => figures.active_duration?.p50,
    text: duration,
    exact: exactDuration,
    isLowerBetter: true,
  },
  {
    label: "Duration p95",
    value: (figures) => figures.active_duration?.p95,
    text: duration,
    exact: exactDuration,
    isLowerBetter: true,
  },
  {
    label: "Error rate",
    value: (figures) => figures.error_rate ?? undefined,
    text: percent,
    isLowerBetter: true,
    note: ({ failed_sessions_count: failed, sessions_count: all }) =>
      all > 0 ? `${count(failed)} of ${count(all)} sessions` : null,
  },
  {
    label: "Unpriced calls",
    value: (figures) => figures.unpriced_calls_count,
    text: count,
    isLowerBetter: true,
    note: ({ model_calls_count: calls }) => `of ${count(calls)} calls`,
  },
];

interface Props {
  totals: Schema<"SessionTotalsBody"> | undefined;
}

/** The totals of the selected sessions with trends and changes from the previous period. */
export function TotalsStrip({ totals }: Props) {
  return (
    <section className={classes.strip} aria-label="Totals">
      {KINDS.map((kind) =>
        totals ? (
          <Total
            key={kind.label}
            label={kind.label}
            text={shown(kind.value(totals.totals), kind.text)}
            exact={kind.exact && shown(kind.value(totals.totals), kind.exact)}
            note={kind.note?.(totals.totals)}
            value={kind.value(totals.totals)}
            before={totals.before ? kind.value(totals.before) : undefined}
            trend={totals.buckets.map((bucket) => kind.value(bucket))}
            isLowerBetter={kind.isLowerBetter}
          />
        ) : (
          <Skeleton key={kind.label} height={84} radius={0} />
        ),
      )}
    </section>
  );
}

function shown(value: number | undefined, text: (value: number) => string): string {
  return value === undefined ? UNKNOWN : text(value);
}
