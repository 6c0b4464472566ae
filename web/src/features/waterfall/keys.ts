import type { KeyboardEvent } from "react";

import { useListKeys } from "@/keyboard/list_keys";
import { useShortcut } from "@/keyboard/shortcuts";
import type { Row, Rows } from "./rows";
import { type View, WHOLE, moved, zoomed } from "./view";

interface Options {
  rows: Rows;
  active: number;
  onMove: (index: number) => void;
  onOpen: (row: Row) => void;
  onToggle: (row: Row) => void;
  view: View;
  onView: (view: View) => void;
}

export const ZOOM = 0.5;
const STEP = 0.25;
const PAGE = 20;

/** Register the page shortcuts of a waterfall; returns the key handler of its tree. */
export function useWaterfallKeys({
  rows,
  active,
  onMove,
  onOpen,
  onToggle,
  view,
  onView,
}: Options) {
  const { count } = rows;
  useListKeys({ count, active, onMove, onOpen: (index) => onOpen(rows.at(index)) });
  useShortcut("+", "Zoom in", () => onView(zoomed(view, ZOOM)));
  useShortcut("-", "Zoom out", () => onView(zoomed(view, 1 / ZOOM)));
  useShortcut("0", "Show all", () => onView(WHOLE));
  useShortcut("<", "Earlier", () => onView(moved(view, -STEP)));
  useShortcut(">", "Later", () => onView(moved(view, STEP)));
  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || count === 0) return;
    const row = rows.at(active);
    const move = (to: number) => onMove(Math.min(Math.max(to, 0), count - 1));
    const keys: Record<string, () => void> = {
      ArrowDown: () => move(active + 1),
      ArrowUp: () => move(active - 1),
      PageDown: () => move(active + PAGE),
      PageUp: () => move(active - PAGE),
      Home: () => move(0),
      End: () => move(Infinity),
      ArrowRight: () => (row.isOpen === false ? onToggle(row) : move(active + 1)),
      ArrowLeft: () => (row.isOpen ? onToggle(row) : move(active - 1)),
      " ": () => onToggle(row),
    };
    const run = keys[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  };
}
