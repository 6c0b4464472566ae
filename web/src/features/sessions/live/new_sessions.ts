import { useCallback, useState } from "react";

import type { CommonSearch } from "@/url_state/common_search";
import { useCountAmong } from "../sessions_data";
import { selecting } from "../session_selection";
import type { SessionsSearch } from "../sessions_search";

/** The API's limit of ids in a filter. */
const MAX_IDS = 1_000;
const NONE: readonly string[] = [];

/** Sessions created since the list was loaded; the server counts those that the URL selects. */
export function useNewSessions(
  search: CommonSearch & SessionsSearch,
  shown: readonly { _id: string }[],
) {
  const selection = JSON.stringify(selecting(search));
  const [created, setCreated] = useState({ selection, ids: NONE });
  const shownIds = new Set(shown.map(({ _id }) => _id));
  // A list of another selection was loaded after they were created.
  const unseen =
    created.selection === selection ? created.ids.filter((id) => !shownIds.has(id)) : NONE;
  if (created.selection !== selection || created.ids.length !== unseen.length) {
    setCreated({ selection, ids: unseen });
  }
  const { data: selected } = useCountAmong(search, unseen);
  const add = useCallback(
    (ids: Iterable<string>) =>
      setCreated((before) => ({
        ...before,
        ids: [...new Set([...before.ids, ...ids])].slice(0, MAX_IDS),
      })),
    [],
  );
  const forget = useCallback(() => setCreated((before) => ({ ...before, ids: NONE })), []);
  return {
    count: unseen.length > 0 ? (selected?.count ?? 0) : 0,
    isAtLeast: unseen.length === MAX_IDS,
    add,
    forget,
  };
}
