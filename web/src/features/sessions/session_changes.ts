import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, data } from "@/api/client";
import { asApiError } from "@/api/errors";

/** The fields with inline editing. */
export interface Changes {
  title?: string;
  tags?: string[];
}

/** Update a session and refetch the queries that depend on it. */
export function useChangeSession(sessionId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (changes: Changes) =>
      data(
        api.PATCH("/v2/sessions/{session_id}", {
          params: { path: { session_id: sessionId } },
          body: changes,
        }),
      ),
    onError: notifyError,
    onSettled: () => queries.invalidateQueries({ queryKey: ["sessions"] }),
  });
}

/** Delete a session with its traces; `onDone` navigates away from it. */
export function useDeleteSession(sessionId: string, onDone: () => Promise<void>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      api.DELETE("/v2/sessions/{session_id}", { params: { path: { session_id: sessionId } } }),
    onError: notifyError,
    onSuccess: async () => {
      await onDone();
      queries.removeQueries({ queryKey: ["sessions", "one", sessionId] });
      // Lists and totals of traces and contacts have changed as well.
      void queries.invalidateQueries();
    },
  });
}

export type ExportFormat = "csv" | "jsonl" | "parquet";

/** Download a session as a file. */
export async function exportSession(id: string, format: ExportFormat): Promise<void> {
  try {
    const file = await data(
      api.POST("/v2/sessions/export", {
        params: { query: { format } },
        body: { filters: [{ type: "id", id, path: "_id" }] },
        parseAs: "blob",
      }),
    );
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `session-${id}.${format}`;
    link.click();
    URL.revokeObjectURL(link.href);
  } catch (error) {
    notifyError(error);
  }
}

function notifyError(error: unknown): void {
  notifications.show({ color: "red", message: asApiError(error).message });
}
