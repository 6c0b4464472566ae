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
  course: readonly (number | undefined)[];
  isCost?: boolean;
}

/** One figure: its course, and its change against the time before. */
export function Total({ label, text, exact, note, value, before, course, isCost = false }: Props) {
  return (
    <div className={classes.total}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <div className={classes.figures}>
        <span className={classes.figure} title={exact === text ? undefined : exact}>
          {text}
        </span>
        <Change value={value} before={before} isCost={isCost} />
      </div>
      <Text size="xs" c="dimmed" className="one-line" title={note ?? undefined}>
        {note ?? "\u00a0"}
      </Text>
      <Sparkline values={course} />
    </div>
  );
}

function Change({ value, before, isCost }: Pick<Props, "value" | "before" | "isCost">) {
  if (value === undefined || before === undefined || before === 0) return null;
  const share = value / before - 1;
  const isWorse = share > 0 === isCost;
  const color = Math.abs(share) < 0.0005 ? "dimmed" : `var(--app-${isWorse ? "bad" : "good"})`;
  return (
    <Text span size="xs" c={color} className="tabular" title="Against the time before, as long">
      {change(share)}
    </Text>
  );
}
