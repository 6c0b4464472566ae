import { useShortcut } from "./shortcuts";

interface Options {
  count: number;
  /** The index of the active row, or -1. */
  active: number;
  onMove: (index: number) => void;
  onOpen?: (index: number) => void;
  isEnabled?: boolean;
  /** The noun for a row in the list of shortcuts. */
  noun?: string;
}

/** Move through a list with `j` and `k`, and open the active row with Enter. */
export function useListKeys(options: Options): void {
  const { count, active, onMove, onOpen, isEnabled = true, noun = "row" } = options;
  const canMove = isEnabled && count > 0;
  useShortcut("j", `Next ${noun}`, () => onMove(Math.min(active + 1, count - 1)), canMove);
  useShortcut("k", `Previous ${noun}`, () => onMove(Math.max(active - 1, 0)), canMove);
  const canOpen = canMove && active >= 0 && onOpen !== undefined;
  useShortcut("Enter", `Open ${noun}`, () => onOpen?.(active), canOpen);
}
