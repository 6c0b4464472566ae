import { noop, useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useEffect } from "react";

import { conversationQuery, timelineQuery } from "../session_data";

/** Load the data of the open tab in parallel with the session instead of after it. */
export function usePrefetchTab(sessionId: string) {
  const { tab = "conversation" } = useSearch({ from: "/sessions/$sessionId" });
  const queries = useQueryClient();
  useEffect(() => {
    if (tab === "conversation") {
      queries.infiniteQuery(conversationQuery(sessionId)).catch(noop);
    }
    if (tab === "timeline") {
      queries.infiniteQuery(timelineQuery(sessionId)).catch(noop);
    }
  }, [queries, sessionId, tab]);
}
