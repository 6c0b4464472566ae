import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, data } from "@/api/client";
import { asApiError } from "@/api/errors";
import { selectionOfIds } from "../session_selection";
import { concurrentForEach } from "./concurrent_for_each";

/** The maximum number of sessions to tag at once: the maximum page size of the API. */
export const MAX_TAGGED = 1000;

export interface TagChange {
  ids: ReadonlySet<string>;
  add: readonly string[];
  remove: readonly string[];
}

/** Add and remove tags of each session. */
export function useChangeTags() {
  return useBulkMutation(async ({ ids, add, remove }: TagChange) => {
    const body = { ...selectionOfIds(ids), pagination: { limit: MAX_TAGGED } };
    const sessions = await data(api.POST("/v2/sessions/query", { body }));
    await concurrentForEach(sessions.data, async ({ _id, tags }) => {
      const changed = new Set([...tags, ...add].filter((tag) => !remove.includes(tag)));
      if (changed.size === tags.length && tags.every((tag) => changed.has(tag))) return;
      const params = { path: { session_id: _id } };
      await data(api.PATCH("/v2/sessions/{session_id}", { params, body: { tags: [...changed] } }));
    });
  });
}

/** Delete each session with its traces; `onDeleted` gets the deleted ones, even after a failure. */
export function useDeleteSessions(onDeleted: (ids: ReadonlySet<string>) => void) {
  return useBulkMutation(async (ids: ReadonlySet<string>) => {
    const deleted = new Set<string>();
    try {
      await concurrentForEach(ids, async (id) => {
        await deleteSession(id);
        deleted.add(id);
      });
    } finally {
      onDeleted(deleted);
    }
  });
}

/** Delete a session; one that does not exist was deleted before. */
async function deleteSession(id: string): Promise<void> {
  try {
    await api.DELETE("/v2/sessions/{session_id}", { params: { path: { session_id: id } } });
  } catch (error) {
    if (asApiError(error).code !== "404") throw error;
  }
}

/** A mutation that may succeed in part, so that all queries are refetched even after a failure. */
function useBulkMutation<Change>(mutationFn: (change: Change) => Promise<void>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => queryClient.invalidateQueries(),
    onError: (error) =>
      notifications.show({
        color: "red",
        title: "Partly completed",
        message: asApiError(error).message,
      }),
  });
}
