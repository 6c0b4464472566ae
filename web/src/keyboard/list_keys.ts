import { useShortcut } from "./shortcuts";

interface Options {
  count: number;
  /** The row that is active, -1 for none. */
  active: number;
  onMove: (index: number) => void;
  onOpen: (index: number) => void;
  isEnabled?: boolean;
}

/** `j` and `k` move through a list, `enter` opens what they reached. */
export function useListKeys({ count, active, onMove, onOpen, isEnabled = true }: Options): void {
  const can = isEnabled && count > 0;
  useShortcut("j", "Next row", () => onMove(Math.min(active + 1, count - 1)), can);
  useShortcut("k", "Previous row", () => onMove(Math.max(active - 1, 0)), can);
  useShortcut("Enter", "Open the row", () => onOpen(active), can && active >= 0);
}
