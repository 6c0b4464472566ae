const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];
const STEP = 1000;
const DIGITS = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** Bytes with three digits: `812 B`, `1.23 MB`. */
export function bytes(value: number): string {
  let [rest, unit] = [value, 0];
  // What would be shown as 1,000 is one of the next unit.
  while (rest >= STEP - 0.5 && unit < UNITS.length - 1) {
    [rest, unit] = [rest / STEP, unit + 1];
  }
  return `${DIGITS.format(rest)} ${UNITS[unit] ?? ""}`;
}
