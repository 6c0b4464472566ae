import { type Dollars, compactMoney, exactMoney, knownCost, money } from "@/format/money";
import { UNKNOWN, unpriced } from "@/format/unknown";
import { Figure } from "./Figure";
import classes from "./Money.module.css";

interface Props {
  dollars: Dollars | null | undefined;
  /** Calls without a price: the figure says that it does not cover them. */
  unpricedCalls?: number;
  /** All calls that the figure is of; if none of them had a price, there is no figure. */
  calls?: number;
  /** `$12.3K` rather than every dollar. */
  isShort?: boolean;
}

/** Dollars; what has no price is never shown as $0. */
export function Money({ dollars, unpricedCalls = 0, calls, isShort = false }: Props) {
  const missing = unpriced(unpricedCalls);
  if (dollars === null || dollars === undefined) return <Figure isDimmed>{UNKNOWN}</Figure>;
  if (knownCost(dollars, unpricedCalls, calls) === undefined) {
    return <Figure isDimmed>{missing}</Figure>;
  }
  const exact = exactMoney(dollars);
  return (
    <Figure hint={missing ? `${exact}, and ${missing}` : exact}>
      {/* In front, so that the digits of a column line up. */}
      {missing && <span className={classes.atLeast}>≥ </span>}
      {isShort ? compactMoney(dollars) : money(dollars)}
    </Figure>
  );
}
