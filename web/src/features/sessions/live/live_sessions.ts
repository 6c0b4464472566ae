import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";

import { type Schema, api, data } from "@/api/client";
import { useEventStream } from "@/api/events";
import { TABLE_FIELDS, selectionOfIds } from "../session_selection";
import type { useSessionsUrl } from "../use_sessions_url";
import { useNewSessions } from "./new_sessions";

const NAMES = ["session.created", "session.changed", "session.deleted", "session.reset"] as const;
const ROWS_MS = 1_000;
const TOTALS_MS = 5_000;

type SessionsPage = Schema<"SessionsBody">;

/**
 * Update the shown rows in place as their sessions change. New sessions are only counted until the
 * user asks to see them.
 */
export function useLiveSessions(
  { search, select }: ReturnType<typeof useSessionsUrl>,
  shown: readonly { _id: string }[],
  isEnabled: boolean,
) {
  const queryClient = useQueryClient();
  const unseen = useNewSessions(search, shown);
  const created = useRef(new Set<string>());
  const changed = useRef(new Set<string>());
  const areTotalsStale = useRef(false);
  const reloadSessions = () => void queryClient.invalidateQueries({ queryKey: ["sessions"] });

  const state = useEventStream("/v2/sessions/events", {
    names: NAMES,
    isEnabled,
    onEvent: (name, event) => {
      if (name === "session.reset") reloadSessions();
      const id = idOf(event);
      if (id) changed.current.add(id);
      if (id && name === "session.created") created.current.add(id);
    },
    onReopen: reloadSessions,
    // Redirects to the sign-in page if the session cookie has expired.
    onRefuse: () => void queryClient.invalidateQueries({ queryKey: ["me"] }),
  });

  const refresh = useEffectEvent(() => {
    if (changed.current.size === 0) return;
    const ids = shown.map(({ _id }) => _id).filter((id) => changed.current.has(id));
    if (ids.length > 0)
      void refreshRows(ids, (change) => {
        queryClient.setQueriesData<SessionsPage>({ queryKey: ["sessions", "list"] }, change);
      });
    if (created.current.size > 0) unseen.add(created.current);
    created.current = new Set();
    changed.current = new Set();
    areTotalsStale.current = true;
  });
  const refreshTotals = useEffectEvent(() => {
    if (!areTotalsStale.current) return;
    areTotalsStale.current = false;
    void queryClient.invalidateQueries({ queryKey: ["sessions", "totals"] });
    void queryClient.invalidateQueries({ queryKey: ["sessions", "count"] });
  });
  useEffect(() => {
    if (!isEnabled) return;
    // The timers do not depend on the rows, which change with each refresh and would reset them.
    const rows = setInterval(() => refresh(), ROWS_MS);
    const totals = setInterval(() => refreshTotals(), TOTALS_MS);
    return () => {
      clearInterval(rows);
      clearInterval(totals);
    };
  }, [isEnabled]);

  return {
    state,
    unseen,
    /** Reload the list from its first page, with the new sessions. */
    show: () => {
      unseen.forget();
      select({});
      reloadSessions();
    },
  };
}

/** Replace the rows of these sessions with fresh ones, and remove those of deleted sessions. */
async function refreshRows(
  ids: readonly string[],
  update: (change: (page: SessionsPage | undefined) => SessionsPage | undefined) => void,
): Promise<void> {
  const body = {
    ...selectionOfIds(ids),
    pagination: { limit: ids.length },
    includedFields: TABLE_FIELDS,
  };
  const fresh = await data(api.POST("/v2/sessions/query", { body })).catch(() => null);
  if (!fresh) return;
  const byId = new Map(fresh.data.map((session) => [session._id, session]));
  const requested = new Set(ids);
  update(
    (page) =>
      page && {
        ...page,
        data: page.data.flatMap((old) =>
          requested.has(old._id) ? (byId.get(old._id) ?? []) : old,
        ),
      },
  );
}

function idOf(event: unknown): string | null {
  if (typeof event !== "object" || event === null || !("_id" in event)) return null;
  return typeof event._id === "string" ? event._id : null;
}
