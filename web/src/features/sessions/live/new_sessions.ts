import { useCallback, useState } from "react";

import type { CommonSearch } from "@/url_state/common_search";
import { useCountAmong } from "../sessions_data";
import { selecting } from "../session_selection";
import type { SessionsSearch } from "../sessions_search";

/** As many as a filter of the API may name. */
const MAX_IDS = 1_000;
const NONE: readonly string[] = [];

/** The sessions that were made since the list was read; the server says which the URL selects. */
export function useNewSessions(
  search: CommonSearch & SessionsSearch,
  shown: readonly { _id: string }[],
) {
  const selection = JSON.stringify(selecting(search));
  const [made, setMade] = useState({ selection, ids: NONE });
  const shownIds = new Set(shown.map(({ _id }) => _id));
  // A list of another selection was read after they were made.
  const waiting = made.selection === selection ? made.ids.filter((id) => !shownIds.has(id)) : NONE;
  if (made.selection !== selection || made.ids.length !== waiting.length) {
    setMade({ selection, ids: waiting });
  }
  const { data: selected } = useCountAmong(search, waiting);
  const add = useCallback(
    (ids: Iterable<string>) =>
      setMade((before) => ({
        ...before,
        ids: [...new Set([...before.ids, ...ids])].slice(0, MAX_IDS),
      })),
    [],
  );
  const forget = useCallback(() => setMade((before) => ({ ...before, ids: NONE })), []);
  return {
    count: waiting.length > 0 ? (selected?.count ?? 0) : 0,
    isAtLeast: waiting.length === MAX_IDS,
    add,
    forget,
  };
}
