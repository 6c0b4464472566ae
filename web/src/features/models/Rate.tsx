import { Figure } from "@/components/Figure";
import { exactMoney } from "@/format/money";
import { UNKNOWN } from "@/format/unknown";

interface Props {
  dollars: number | null | undefined;
  /** What to say where there is none. */
  absent?: string;
  tooltip?: string;
}

/** A price, with all its digits. */
export function Rate({ dollars, absent = UNKNOWN, tooltip }: Props) {
  if (dollars === null || dollars === undefined) return <Figure isDimmed>{absent}</Figure>;
  return <Figure tooltip={tooltip}>{exactMoney(dollars)}</Figure>;
}
