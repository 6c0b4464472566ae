const EXACT = new Intl.NumberFormat("en");
const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const PERCENT = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });
const COMPACT_FROM = 10_000;

/** Every digit: `1,234,567`. */
export function count(value: number): string {
  return EXACT.format(value);
}

/** Every digit up to 9,999, then a short form: `1.2M`. Show the exact count in a tooltip. */
export function compactCount(value: number): string {
  return Math.abs(value) < COMPACT_FROM ? EXACT.format(value) : COMPACT.format(value);
}

/** A count and its noun: `1 trace`, `3 traces`, or `2 entries` with an explicit plural. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${EXACT.format(value)} ${value === 1 ? noun : plural}`;
}

/** A share from 0 to 1 as `12.3%`; a small non-zero share is never `0%`. */
export function percent(share: number): string {
  return share > 0 && share < 0.001 ? "<0.1%" : PERCENT.format(share);
}

/** A change with its sign: `+12.3%`. */
export function change(share: number): string {
  return `${share > 0 ? "+" : ""}${PERCENT.format(share)}`;
}
