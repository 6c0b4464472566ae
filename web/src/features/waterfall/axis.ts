/** A period without activity, drawn as a narrow fold. */
export interface Gap {
  startMs: number;
  endMs: number;
}

/** Maps time to positions from 0 to 1, with long gaps folded. */
export interface Axis {
  /** The position of an instant. */
  at: (ms: number) => number;
  /** The instant at a position. */
  timeAt: (position: number) => number;
  gaps: readonly Gap[];
}

/** A gap is folded if it is longer than this share of the active time. */
const FOLD_THRESHOLD = 0.2;
const MIN_FOLDED_MS = 1_000;
/** The maximum share of the axis for all folds together, and for one of them. */
const MAX_FOLDS_SHARE = 0.25;
const FOLD_SHARE = 0.02;

/** The axis of items by their ordered starts and durations. */
export function makeAxis(starts: readonly number[], durations: readonly number[]): Axis {
  const runs = runsOf(starts, durations);
  const activeMs = runs.reduce((sum, run) => sum + run.endMs - run.startMs, 0);
  const longest = Math.max(MIN_FOLDED_MS, activeMs * FOLD_THRESHOLD);
  const periods: Gap[] = [];
  const gaps: Gap[] = [];
  for (const run of runs) {
    const last = periods.at(-1);
    if (last && run.startMs - last.endMs <= longest) last.endMs = run.endMs;
    else {
      if (last) gaps.push({ startMs: last.endMs, endMs: run.startMs });
      periods.push({ ...run });
    }
  }
  return axisOf(periods, gaps);
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

/** The axis of periods with activity, with a fold between each two. */
function axisOf(periods: readonly Gap[], gaps: readonly Gap[]): Axis {
  const fold = gaps.length ? Math.min(FOLD_SHARE, MAX_FOLDS_SHARE / gaps.length) : 0;
  const lengthMs = periods.reduce((sum, one) => sum + one.endMs - one.startMs, 0) || 1;
  const scale = (1 - fold * gaps.length) / lengthMs;
  // Pairs of instant and position, with linear interpolation in between.
  const times: number[] = [];
  const positions: number[] = [];
  let position = 0;
  for (const { startMs, endMs } of periods) {
    times.push(startMs, endMs);
    positions.push(position, position + (endMs - startMs) * scale);
    position += (endMs - startMs) * scale + fold;
  }
  return {
    at: (ms) => interpolate(times, positions, ms),
    timeAt: (position) => interpolate(positions, times, position),
    gaps,
  };
}

function interpolate(from: readonly number[], to: readonly number[], value: number): number {
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
