import { useState } from "react";

import type { CommonSearch } from "@/url_state/common_search";
import { selecting } from "../session_selection";
import type { SessionsSearch } from "../sessions_search";

/** The ids of the selected sessions. */
export interface SelectedSessions {
  selected: ReadonlySet<string>;
  select: (ids: ReadonlySet<string>) => void;
  deselect: (ids: ReadonlySet<string>) => void;
  clear: () => void;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * The selected sessions on all pages of the list. Cleared when the URL selects other sessions, so
 * that no session is changed that the list does not contain.
 */
export function useSelection(search: CommonSearch & SessionsSearch): SelectedSessions {
  const list = JSON.stringify(selecting(search));
  const [known, setKnown] = useState(list);
  const [selected, setSelected] = useState(NONE);
  if (list !== known) {
    setKnown(list);
    setSelected(NONE);
  }
  return {
    selected,
    select: setSelected,
    deselect: (ids: ReadonlySet<string>) =>
      setSelected((before) => new Set([...before].filter((id) => !ids.has(id)))),
    clear: () => setSelected(NONE),
  };
}
