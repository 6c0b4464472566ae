/** A stretch of time in which nothing ran and which is drawn as a narrow fold. */
export interface Gap {
  startMs: number;
  endMs: number;
}

/** Time on a line from 0 to 1, on which long pauses take little room. */
export interface Axis {
  /** Where an instant lies, from 0 to 1. */
  at: (ms: number) => number;
  /** The instant that lies there. */
  timeAt: (place: number) => number;
  gaps: readonly Gap[];
}

/** A pause is folded if it is longer than this share of the time in which something ran. */
const FOLD_THRESHOLD = 0.2;
const MIN_FOLDED_MS = 1_000;
/** What all folds together may take of the line, and one of them at most. */
const MAX_FOLDS_SHARE = 0.25;
const FOLD_SHARE = 0.02;

/** The axis of things by their start, in order, and how long each took. */
export function makeAxis(starts: readonly number[], durations: readonly number[]): Axis {
  const runs = runsOf(starts, durations);
  const activeMs = runs.reduce((sum, run) => sum + run.endMs - run.startMs, 0);
  const longest = Math.max(MIN_FOLDED_MS, activeMs * FOLD_THRESHOLD);
  const stretches: Gap[] = [];
  const gaps: Gap[] = [];
  for (const run of runs) {
    const last = stretches.at(-1);
    if (last && run.startMs - last.endMs <= longest) last.endMs = run.endMs;
    else {
      if (last) gaps.push({ startMs: last.endMs, endMs: run.startMs });
      stretches.push({ ...run });
    }
  }
  return line(stretches, gaps);
}

/** The union of the intervals, in order. */
function runsOf(starts: readonly number[], durations: readonly number[]): Gap[] {
  const runs: Gap[] = [];
  starts.forEach((startMs, index) => {
    const endMs = startMs + (durations[index] ?? 0);
    const last = runs.at(-1);
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else runs.push({ startMs, endMs });
  });
  return runs;
}

/** Stretches of time one after another, a fold between any two. */
function line(stretches: readonly Gap[], gaps: readonly Gap[]): Axis {
  const fold = gaps.length ? Math.min(FOLD_SHARE, MAX_FOLDS_SHARE / gaps.length) : 0;
  const lengthMs = stretches.reduce((sum, one) => sum + one.endMs - one.startMs, 0) || 1;
  const scale = (1 - fold * gaps.length) / lengthMs;
  // Pairs of an instant and its place, between which the line is straight.
  const times: number[] = [];
  const places: number[] = [];
  let place = 0;
  for (const { startMs, endMs } of stretches) {
    times.push(startMs, endMs);
    places.push(place, place + (endMs - startMs) * scale);
    place += (endMs - startMs) * scale + fold;
  }
  return {
    at: (ms) => between(times, places, ms),
    timeAt: (where) => between(places, times, where),
    gaps,
  };
}

function between(from: readonly number[], to: readonly number[], value: number): number {
  let low = 0;
  let high = from.length - 1;
  if (high < 0) return 0;
  if (value <= (from[0] ?? 0)) return to[0] ?? 0;
  if (value >= (from[high] ?? 0)) return to[high] ?? 0;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((from[middle] ?? 0) <= value) low = middle;
    else high = middle;
  }
  const [a = 0, b = 0, c = 0, d = 0] = [from[low], from[high], to[low], to[high]];
  return b === a ? c : c + ((value - a) / (b - a)) * (d - c);
}
