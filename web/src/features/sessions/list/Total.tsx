import { Text } from "@mantine/core";

import { Sparkline } from "@/components/Sparkline";
import { change } from "@/format/count";
import classes from "./TotalsStrip.module.css";

interface Props {
  label: string;
  text: string;
  exact?: string;
  note?: string | null;
  value: number | undefined;
  before: number | undefined;
  trend: readonly (number | undefined)[];
  isLowerBetter?: boolean;
}

/** One figure with its trend and its change from the previous period. */
export function Total({
  label,
  text,
  exact,
  note,
  value,
  before,
  trend,
  isLowerBetter = false,
}: Props) {
  return (
    <div className={classes.total}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <div className={classes.figures}>
        <span className={classes.figure} title={exact === text ? undefined : exact}>
          {text}
        </span>
        <Change value={value} before={before} isLowerBetter={isLowerBetter} />
      </div>
      <Text size="xs" c="dimmed" className="one-line" title={note ?? undefined}>
        {note ?? "\u00a0"}
      </Text>
      <Sparkline values={trend} />
    </div>
  );
}

function Change({
  value,
  before,
  isLowerBetter,
}: Pick<Props, "value" | "before" | "isLowerBetter">) {
  if (value === undefined || before === undefined || before === 0) return null;
  const share = value / before - 1;
  const isWorse = share > 0 === isLowerBetter;
  const color = Math.abs(share) < 0.0005 ? "dimmed" : `var(--app-${isWorse ? "bad" : "good"})`;
  return (
    <Text span size="xs" c={color} className="tabular" title="vs. previous period">
      {change(share)}
    </Text>
  );
}
