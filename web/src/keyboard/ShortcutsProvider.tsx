import { useDisclosure } from "@mantine/hooks";
import { type ReactNode, useCallback, useEffect, useEffectEvent, useMemo, useState } from "react";

import { type Shortcut, ShortcutsContext, isForWidget } from "./shortcuts";
import { ShortcutsList } from "./ShortcutsList";

/** The shortcuts of every page; components register others. */
const ALWAYS: Shortcut[] = [
  { key: "/", label: "Search" },
  { key: "?", label: "Show shortcuts" },
  { key: "Escape", label: "Close" },
];

interface Registered {
  shortcut: Shortcut;
  run: () => void;
}

/** Dispatches keys to the component that registered them last. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [isListShown, { open, close }] = useDisclosure();
  const [registered, setRegistered] = useState<readonly Registered[]>([]);

  const register = useCallback((shortcut: Shortcut, run: () => void) => {
    const one = { shortcut, run };
    setRegistered((others) => [...others, one]);
    return () => setRegistered((all) => all.filter((other) => other !== one));
  }, []);
  const shortcuts = useMemo(() => ({ register, showList: open }), [register, open]);

  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (isForWidget(event)) return;
    const last = registered.findLast(({ shortcut }) => shortcut.key === event.key);
    if (last) last.run();
    else if (event.key === "?") open();
    else if (event.key === "/") focusSearch();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => pressed(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, []);

  return (
    <ShortcutsContext value={shortcuts}>
      {children}
      <ShortcutsList
        shortcuts={[...ALWAYS, ...registered.map(({ shortcut }) => shortcut)]}
        isShown={isListShown}
        onClose={close}
      />
    </ShortcutsContext>
  );
}

/** Focus the search box of the page, which has the attribute `data-search`. */
function focusSearch(): void {
  document.querySelector<HTMLInputElement>("[data-search]")?.focus();
}
