import { useShortcut } from "./shortcuts";

interface Options {
  count: number;
  /** The row that is active, -1 for none. */
  active: number;
  onMove: (index: number) => void;
  onOpen?: (index: number) => void;
  isEnabled?: boolean;
  /** What a row is, in the list of shortcuts. */
  noun?: string;
}

/** `j` and `k` move through a list, `enter` opens what they reached. */
export function useListKeys(options: Options): void {
  const { count, active, onMove, onOpen, isEnabled = true, noun = "row" } = options;
  const can = isEnabled && count > 0;
  useShortcut("j", `Next ${noun}`, () => onMove(Math.min(active + 1, count - 1)), can);
  useShortcut("k", `Previous ${noun}`, () => onMove(Math.max(active - 1, 0)), can);
  const canOpen = can && active >= 0 && onOpen !== undefined;
  useShortcut("Enter", `Open the ${noun}`, () => onOpen?.(active), canOpen);
}
