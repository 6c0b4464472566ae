/** The presets of the time range by their name in the URL. */
export const PRESETS = {
  "1h": { label: "Last hour", ms: 3_600_000 },
  "24h": { label: "Last 24 hours", ms: 86_400_000 },
  "7d": { label: "Last 7 days", ms: 7 * 86_400_000 },
  "30d": { label: "Last 30 days", ms: 30 * 86_400_000 },
  "90d": { label: "Last 90 days", ms: 90 * 86_400_000 },
} as const;

export type Preset = keyof typeof PRESETS;

/** The time range in a URL: a preset, all time, or two instants. */
export type TimeRange =
  | { kind: "preset"; preset: Preset }
  | { kind: "all" }
  | { kind: "custom"; from: string; to: string };

export const DEFAULT_RANGE: TimeRange = { kind: "preset", preset: "30d" };

/** The start and end of a range; undefined if open. */
export interface Instants {
  start?: Date;
  end?: Date;
}

/**
 * The start and end of a range at `now`. A preset has no end, so that it includes data that arrives
 * later. Call it in the function of a query, not in its key, which would change every millisecond.
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

/** The previous range of the same length; null for all time. */
export function instantsBefore(range: TimeRange, now: Date = new Date()): Instants | null {
  const { start, end = now } = instantsOf(range, now);
  if (!start) return null;
  return { start: new Date(2 * start.getTime() - end.getTime()), end: start };
}

export function isPreset(value: unknown): value is Preset {
  return typeof value === "string" && value in PRESETS;
}
