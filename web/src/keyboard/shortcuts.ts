import { createContext, use, useEffect, useEffectEvent } from "react";

/** A key and what it does. */
export interface Shortcut {
  /** As `KeyboardEvent.key` has it. */
  key: string;
  /** Shown in the list of shortcuts. */
  label: string;
}

export interface Shortcuts {
  register: (shortcut: Shortcut, run: () => void) => () => void;
  showList: () => void;
}

export const ShortcutsContext = createContext<Shortcuts | null>(null);

export function useShortcuts(): Shortcuts {
  const shortcuts = use(ShortcutsContext);
  if (!shortcuts) throw new Error("outside of ShortcutsProvider");
  return shortcuts;
}

/** Run something on a key, while the component is shown and nobody types or has a dialog open. */
export function useShortcut(key: string, label: string, run: () => void, isEnabled = true): void {
  const { register } = useShortcuts();
  const latest = useEffectEvent(run);
  useEffect(
    () => (isEnabled ? register({ key, label }, () => latest()) : undefined),
    [register, key, label, isEnabled],
  );
}

/** Whether a key goes to what has the focus, rather than to the page. */
export function isForWidget(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true;
  const { target } = event;
  if (!(target instanceof Element)) return false;
  if (target.closest("input, textarea, select, [contenteditable=true]")) return true;
  if (isSomethingOpen()) return true;
  return event.key === "Enter" && target.closest("a, button, summary, [role=button]") !== null;
}

const TAKES_KEYS = '[role="dialog"]:not([data-allows-shortcuts]), [role="menu"], [role="listbox"]';

/** Something that takes all keys. A closed choice may keep its list in the page, hidden. */
function isSomethingOpen(): boolean {
  const found = document.querySelectorAll(TAKES_KEYS);
  return [...found].some((one) => one.checkVisibility());
}
