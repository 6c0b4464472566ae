import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { type Schema, api, data } from "@/api/client";
import { ERROR_SHOWN_IN_PLACE } from "@/api/query_client";

export type ShareLink = Schema<"ShareLinkBody">;

const keyOf = (sessionId: string) => ["share-links", "list", sessionId];

/** The share links of a session. */
export function useShareLinks(sessionId: string) {
  return useQuery({
    queryKey: keyOf(sessionId),
    queryFn: ({ signal }) =>
      data(
        api.GET("/v2/sessions/{session_id}/shares", {
          signal,
          params: { path: { session_id: sessionId } },
        }),
      ),
  });
}

/** Create a link; only this response contains its secret. */
export function useCreateShareLink(sessionId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    meta: ERROR_SHOWN_IN_PLACE,
    mutationFn: (body: Schema<"ShareLinkCreation">) =>
      data(
        api.POST("/v2/sessions/{session_id}/shares", {
          params: { path: { session_id: sessionId } },
          body,
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keyOf(sessionId) }),
  });
}

/** Revoke a link. */
export function useRevokeShareLink(sessionId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (shareId: string) =>
      api.DELETE("/v2/sessions/{session_id}/shares/{share_id}", {
        params: { path: { session_id: sessionId, share_id: shareId } },
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keyOf(sessionId) }),
  });
}
