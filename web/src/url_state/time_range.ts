/** The presets of the time range, by the name that the URL has. */
export const PRESETS = {
  "1h": { label: "Last hour", ms: 3_600_000 },
  "24h": { label: "Last 24 hours", ms: 86_400_000 },
  "7d": { label: "Last 7 days", ms: 7 * 86_400_000 },
  "30d": { label: "Last 30 days", ms: 30 * 86_400_000 },
  "90d": { label: "Last 90 days", ms: 90 * 86_400_000 },
} as const;

export type Preset = keyof typeof PRESETS;

/** A time range as the URL has it: a preset, all time, or two instants. */
export type TimeRange =
  | { kind: "preset"; preset: Preset }
  | { kind: "all" }
  | { kind: "custom"; from: string; to: string };

export const DEFAULT_RANGE: TimeRange = { kind: "preset", preset: "30d" };

/** The instants that a range means now; none where it has no such end. */
export interface Instants {
  start?: Date;
  end?: Date;
}

/**
 * What the range means at `now`. A preset has no end, so that what arrives meanwhile is in it.
 * Ask in a query's function, not in its key: the key would change with every millisecond.
 */
export function instantsOf(range: TimeRange, now: Date = new Date()): Instants {
  switch (range.kind) {
    case "all":
      return {};
    case "preset":
      return { start: new Date(now.getTime() - PRESETS[range.preset].ms) };
    case "custom":
      return { start: new Date(range.from), end: new Date(range.to) };
  }
}

/** The range of the same length before; none for all time. */
export function instantsBefore(range: TimeRange, now: Date = new Date()): Instants | null {
  const { start, end = now } = instantsOf(range, now);
  if (!start) return null;
  return { start: new Date(2 * start.getTime() - end.getTime()), end: start };
}

export function isPreset(value: unknown): value is Preset {
  return typeof value === "string" && value in PRESETS;
}
