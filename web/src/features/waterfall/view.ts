/** The visible part of the axis: positions from 0 to 1. */
export interface View {
  from: number;
  to: number;
}

export const WHOLE: View = { from: 0, to: 1 };
const MIN_WIDTH = 1e-6;

/** Zoom the view around a fixed position. */
export function zoomed({ from, to }: View, factor: number, around = (from + to) / 2): View {
  const width = Math.min(1, Math.max(MIN_WIDTH, (to - from) * factor));
  const share = (around - from) / (to - from);
  return within(around - share * width, width);
}

/** Move the view by a share of its width. */
export function moved({ from, to }: View, share: number): View {
  return within(from + (to - from) * share, to - from);
}

function within(from: number, width: number): View {
  const begin = Math.min(Math.max(0, from), 1 - width);
  return { from: begin, to: begin + width };
}

/** Convert a position on the axis to one in the view, where 0 to 1 is visible. */
export function inView({ from, to }: View, position: number): number {
  return (position - from) / (to - from);
}
