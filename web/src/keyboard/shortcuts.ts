import { createContext, use, useEffect, useEffectEvent } from "react";

/** A key and its action. */
export interface Shortcut {
  /** The value of `KeyboardEvent.key`. */
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
  if (!shortcuts) throw new Error("useShortcuts must be used inside ShortcutsProvider");
  return shortcuts;
}

/** Run an action on a key while the component is mounted, except in inputs and dialogs. */
export function useShortcut(key: string, label: string, run: () => void, isEnabled = true): void {
  const { register } = useShortcuts();
  const latest = useEffectEvent(run);
  useEffect(
    () => (isEnabled ? register({ key, label }, () => latest()) : undefined),
    [register, key, label, isEnabled],
  );
}

/** Whether the key is for the focused element and not for the page. */
export function isForWidget(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true;
  const { target } = event;
  if (!(target instanceof Element)) return false;
  if (target.closest("input, textarea, select, [contenteditable=true]")) return true;
  if (isOverlayOpen()) return true;
  return event.key === "Enter" && target.closest("a, button, summary, [role=button]") !== null;
}

const OVERLAYS = '[role="dialog"]:not([data-allows-shortcuts]), [role="menu"], [role="listbox"]';

/** Whether an overlay captures all keys. A closed select may keep its list in the page, hidden. */
function isOverlayOpen(): boolean {
  const found = document.querySelectorAll(OVERLAYS);
  return [...found].some((one) => one.checkVisibility());
}
