/** An amount of the API: dollars as a number or decimal string. */
export type Dollars = number | string;

const SIGNIFICANT_DIGITS = 2;
const MIN_DIGITS = 2;
const MAX_DIGITS = 12;

/**
 * Dollars with cents or, below one cent, with two significant digits: `$1,234.57`, `$0.01`,
 * `$0.0042`, `$0`.
 */
export function money(dollars: Dollars): string {
  const amount = Number(dollars);
  if (amount === 0) return "$0";
  return format(amount, digitsFor(Math.abs(amount)));
}

/** A cost, or undefined if it is unknown because no call had a price. */
export function knownCost<Cost extends Dollars>(
  dollars: Cost,
  unpricedCalls: number,
  calls?: number,
): Cost | undefined {
  const isUnpriced = unpricedCalls > 0 && (unpricedCalls === calls || Number(dollars) === 0);
  return isUnpriced ? undefined : dollars;
}

/** All digits, for tooltips: `$0.004213000` is `$0.004213`. */
export function exactMoney(dollars: Dollars): string {
  return format(Number(dollars), MAX_DIGITS);
}

/** The short form for axes: `$1.2K`, `$0.0042`. */
export function compactMoney(dollars: Dollars): string {
  const amount = Number(dollars);
  if (Math.abs(amount) < 1000) return money(amount);
  const options = { notation: "compact", maximumFractionDigits: 1 } as const;
  return `$${new Intl.NumberFormat("en", options).format(amount)}`;
}

function digitsFor(amount: number): number {
  if (amount >= 0.01) return MIN_DIGITS;
  const zeros = -Math.floor(Math.log10(amount)) - 1;
  return Math.min(zeros + SIGNIFICANT_DIGITS, MAX_DIGITS);
}

function format(amount: number, digits: number): string {
  const least = Math.abs(amount) >= 0.01 ? MIN_DIGITS : 0;
  return new Intl.NumberFormat("en", {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: least,
    maximumFractionDigits: digits,
  }).format(amount);
}
