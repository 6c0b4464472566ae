const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];
const STEP = 1000;
const DIGITS = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** Format bytes with three digits: `812 B`, `1.23 MB`. */
export function bytes(value: number): string {
  let [rest, unit] = [value, 0];
  // A value that would be rounded to 1,000 becomes 1 of the next unit.
  while (rest >= STEP - 0.5 && unit < UNITS.length - 1) {
    [rest, unit] = [rest / STEP, unit + 1];
  }
  return `${DIGITS.format(rest)} ${UNITS[unit] ?? ""}`;
}
