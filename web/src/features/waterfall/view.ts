/** The part of the axis that is in view: places from 0 to 1. */
export interface View {
  from: number;
  to: number;
}

export const WHOLE: View = { from: 0, to: 1 };
const MIN_WIDTH = 1e-6;

/** The view made larger or smaller around a place that stays where it is. */
export function zoomed({ from, to }: View, factor: number, around = (from + to) / 2): View {
  const width = Math.min(1, Math.max(MIN_WIDTH, (to - from) * factor));
  const share = (around - from) / (to - from);
  return within(around - share * width, width);
}

/** The view moved by a share of its width. */
export function moved({ from, to }: View, share: number): View {
  return within(from + (to - from) * share, to - from);
}

function within(from: number, width: number): View {
  const begin = Math.min(Math.max(0, from), 1 - width);
  return { from: begin, to: begin + width };
}

/** Where a place of the axis lies in the view; outside of 0 to 1 it is not seen. */
export function inView({ from, to }: View, place: number): number {
  return (place - from) / (to - from);
}
