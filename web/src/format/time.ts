const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const DATE = new Intl.DateTimeFormat("en", { day: "numeric", month: "short" });
const DATE_AND_YEAR = new Intl.DateTimeFormat("en", {
  day: "numeric",
  month: "short",
  year: "numeric",
});
const CLOCK = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const EXACT = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
  timeZoneName: "short",
});

/** The time elapsed, up to a week, or the date: `12 s ago`, `3 h ago`, `yesterday`, `Nov 3`. */
export function relativeTime(time: string | Date, now: Date = new Date()): string {
  const then = new Date(time);
  const ago = now.getTime() - then.getTime();
  if (ago < 0) return ago > -MINUTE ? "now" : dateOf(then, now);
  if (ago < 5_000) return "now";
  if (ago < MINUTE) return `${Math.floor(ago / 1000)} s ago`;
  if (ago < HOUR) return `${Math.floor(ago / MINUTE)} min ago`;
  if (ago < DAY) return `${Math.floor(ago / HOUR)} h ago`;
  if (ago < 2 * DAY) return "yesterday";
  if (ago < 7 * DAY) return `${Math.floor(ago / DAY)} d ago`;
  return dateOf(then, now);
}

/** The time of day, next to a date: `14:02:07`. */
export function clockTime(time: string | Date): string {
  return CLOCK.format(new Date(time));
}

/** The time in the user's time zone, to the millisecond. */
export function exactTime(time: string | Date): string {
  return EXACT.format(new Date(time));
}

function dateOf(then: Date, now: Date): string {
  const isThisYear = then.getFullYear() === now.getFullYear();
  return (isThisYear ? DATE : DATE_AND_YEAR).format(then);
}
