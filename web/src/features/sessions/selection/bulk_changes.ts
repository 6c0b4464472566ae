import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, data } from "@/api/client";
import { asApiError } from "@/api/errors";
import { selectionOfIds } from "../session_selection";
import { concurrentForEach } from "./concurrent_for_each";

/** The most sessions that a page of the API has, and so the most whose tags are changed in one go. */
export const MAX_TAGGED = 1000;

export interface TagChange {
  ids: ReadonlySet<string>;
  add: readonly string[];
  remove: readonly string[];
}

/** Adds tags to each of the sessions, and removes some. */
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

/** Deletes each of the sessions, with its traces; says which are gone, also after a failure. */
export function useDeleteSessions(onGone: (ids: ReadonlySet<string>) => void) {
  return useBulkMutation(async (ids: ReadonlySet<string>) => {
    const gone = new Set<string>();
    try {
      await concurrentForEach(ids, async (id) => {
        await deleteSession(id);
        gone.add(id);
      });
    } finally {
      onGone(gone);
    }
  });
}

/** One that is not there is deleted already. */
async function deleteSession(id: string): Promise<void> {
  try {
    await api.DELETE("/v2/sessions/{session_id}", { params: { path: { session_id: id } } });
  } catch (error) {
    if (asApiError(error).code !== "404") throw error;
  }
}

/** What was done before a failure is done: all that tells of it is read anew in any case. */
function useBulkMutation<Change>(mutationFn: (change: Change) => Promise<void>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => queryClient.invalidateQueries(),
    onError: (error) =>
      notifications.show({
        color: "red",
        title: "Not all of it was done",
        message: asApiError(error).message,
      }),
  });
}
