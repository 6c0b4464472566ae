import { Figure } from "@/components/Figure";
import { exactMoney } from "@/format/money";
import { UNKNOWN } from "@/format/unknown";

interface Props {
  dollars: number | null | undefined;
  /** Shown if there is no rate. */
  absent?: string;
  hint?: string;
}

/** A rate with all its digits. */
export function Rate({ dollars, absent = UNKNOWN, hint }: Props) {
  if (dollars === null || dollars === undefined) return <Figure isDimmed>{absent}</Figure>;
  return <Figure hint={hint}>{exactMoney(dollars)}</Figure>;
}
