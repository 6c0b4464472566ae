import { useState } from "react";

import type { CommonSearch } from "@/url_state/common_search";
import { selecting } from "../session_selection";
import type { SessionsSearch } from "../sessions_search";

/** The ids of the sessions that are ticked. */
export interface SelectedSessions {
  selected: ReadonlySet<string>;
  select: (ids: ReadonlySet<string>) => void;
  deselect: (ids: ReadonlySet<string>) => void;
  clear: () => void;
}

const NOTHING: ReadonlySet<string> = new Set();

/**
 * What is ticked, on whatever page of the list; nothing any more once the URL selects others, since
 * what is not in the list would be changed unseen.
 */
export function useSelection(search: CommonSearch & SessionsSearch): SelectedSessions {
  const list = JSON.stringify(selecting(search));
  const [known, setKnown] = useState(list);
  const [selected, setSelected] = useState(NOTHING);
  if (list !== known) {
    setKnown(list);
    setSelected(NOTHING);
  }
  return {
    selected,
    select: setSelected,
    deselect: (ids: ReadonlySet<string>) =>
      setSelected((before) => new Set([...before].filter((id) => !ids.has(id)))),
    clear: () => setSelected(NOTHING),
  };
}
