const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The two largest units: `340 ms`, `1.2 s`, `3 min 4 s`, `2 h 5 min`, `3 d 4 h`. */
export function duration(ms: number): string {
  if (ms > 0 && ms < 1) return "<1 ms";
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < 9_950) return `${(ms / SECOND).toFixed(1)} s`;
  if (Math.round(ms / SECOND) < 60) return `${Math.round(ms / SECOND)} s`;
  if (Math.round(ms / SECOND) < 3600) return pair(Math.round(ms / SECOND), 60, "min", "s");
  if (Math.round(ms / MINUTE) < 24 * 60) return pair(Math.round(ms / MINUTE), 60, "h", "min");
  return pair(Math.round(ms / HOUR), 24, "d", "h");
}

/** The exact duration for tooltips: `3 min 4.005 s`. */
export function exactDuration(ms: number): string {
  const parts = [
    [Math.floor(ms / DAY), "d"],
    [Math.floor((ms % DAY) / HOUR), "h"],
    [Math.floor((ms % HOUR) / MINUTE), "min"],
  ] as const;
  const seconds = Number(((ms % MINUTE) / SECOND).toFixed(3));
  const shown = parts.filter(([value]) => value > 0).map(([value, unit]) => `${value} ${unit}`);
  if (seconds > 0 || shown.length === 0) shown.push(`${seconds} s`);
  return shown.join(" ");
}

function pair(total: number, size: number, large: string, small: string): string {
  const rest = total % size;
  const first = `${Math.floor(total / size)} ${large}`;
  return rest ? `${first} ${rest} ${small}` : first;
}
