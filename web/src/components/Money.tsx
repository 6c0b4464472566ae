import { type Dollars, compactMoney, exactMoney, knownCost, money } from "@/format/money";
import { UNKNOWN, unpriced } from "@/format/unknown";
import { Figure } from "./Figure";
import classes from "./Money.module.css";

interface Props {
  dollars: Dollars | null | undefined;
  /** Calls without a price, which the figure does not cover. */
  unpricedCalls?: number;
  /** All calls in the figure; if none of them had a price, no figure is shown. */
  calls?: number;
  /** `$12.3K` rather than every dollar. */
  isShort?: boolean;
}

/** A cost in dollars; unpriced calls are never shown as $0. */
export function Money({ dollars, unpricedCalls = 0, calls, isShort = false }: Props) {
  const missing = unpriced(unpricedCalls);
  if (dollars === null || dollars === undefined) return <Figure isDimmed>{UNKNOWN}</Figure>;
  if (knownCost(dollars, unpricedCalls, calls) === undefined) {
    return <Figure isDimmed>{missing}</Figure>;
  }
  const exact = exactMoney(dollars);
  return (
    <Figure hint={missing ? `${exact}, and ${missing}` : exact}>
      {/* In front of the figure so that the digits of a column line up. */}
      {missing && <span className={classes.atLeast}>≥ </span>}
      {isShort ? compactMoney(dollars) : money(dollars)}
    </Figure>
  );
}
