import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import { type Schema, api, data } from "@/api/client";
import { useEventStream } from "@/api/events";
import { TABLE_FIELDS, selectionOfIds } from "../sessions_query";

const NAMES = ["session.created", "session.changed", "session.deleted", "session.reset"] as const;
const ROWS_MS = 1_000;
const TOTALS_MS = 5_000;
const NONE: ReadonlySet<string> = new Set();

type SessionsPage = Schema<"SessionsBody">;

/**
 * Changes the rows that are shown as their sessions change, each where it stands; what is not shown
 * yet is only counted, until the reader asks for it.
 */
export function useLiveSessions(shown: readonly { _id: string }[], isEnabled: boolean) {
  const queryClient = useQueryClient();
  const [unseen, setUnseen] = useState(NONE);
  const changed = useRef(new Set<string>());

  const state = useEventStream("/v2/sessions/events", {
    names: NAMES,
    isEnabled,
    onEvent: (name, event) => {
      const id = idOf(event);
      changed.current.add(id ?? "");
      if (name === "session.reset") void queryClient.invalidateQueries({ queryKey: ["sessions"] });
      const isShown = shown.some(({ _id }) => _id === id);
      if (id && name === "session.created" && !isShown) {
        setUnseen((before) => new Set(before).add(id));
      }
    },
  });

  useEffect(() => {
    if (!isEnabled) return;
    const pending = new Set<string>();
    const rows = setInterval(() => {
      const ids = shown.map(({ _id }) => _id).filter((id) => changed.current.has(id));
      for (const id of changed.current) pending.add(id);
      changed.current.clear();
      if (ids.length > 0)
        void refreshRows(ids, (change) => {
          queryClient.setQueriesData<SessionsPage>({ queryKey: ["sessions", "list"] }, change);
        });
    }, ROWS_MS);
    const totals = setInterval(() => {
      if (pending.size === 0) return;
      pending.clear();
      void queryClient.invalidateQueries({ queryKey: ["sessions", "totals"] });
      void queryClient.invalidateQueries({ queryKey: ["sessions", "count"] });
    }, TOTALS_MS);
    return () => {
      clearInterval(rows);
      clearInterval(totals);
    };
  }, [shown, isEnabled, queryClient]);

  return {
    state,
    unseen: unseen.size,
    /** Read the list with what is new in it. */
    show: () => {
      setUnseen(NONE);
      void queryClient.invalidateQueries({ queryKey: ["sessions"] });
    },
  };
}

/** Put the rows of these sessions in the place of those that are shown. */
async function refreshRows(
  ids: readonly string[],
  put: (change: (page: SessionsPage | undefined) => SessionsPage | undefined) => void,
): Promise<void> {
  const body = {
    ...selectionOfIds(ids),
    pagination: { limit: ids.length },
    includedFields: TABLE_FIELDS,
  };
  const fresh = await data(api.POST("/v2/sessions/query", { body })).catch(() => null);
  if (!fresh) return;
  const byId = new Map(fresh.data.map((session) => [session._id, session]));
  put((page) => page && { ...page, data: page.data.map((old) => byId.get(old._id) ?? old) });
}

function idOf(event: unknown): string | null {
  if (typeof event !== "object" || event === null || !("_id" in event)) return null;
  return typeof event._id === "string" ? event._id : null;
}
