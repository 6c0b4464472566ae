import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { type Schema, api, data } from "@/api/client";
import { ERROR_SHOWN_IN_PLACE } from "@/api/query_client";

export type ApiKey = Schema<"ApiKeyBody">;

export function useApiKeys() {
  return useQuery({
    queryKey: ["api-keys", "list"],
    queryFn: ({ signal }) => data(api.GET("/v2/api-keys", { signal })),
  });
}

/** Create a key; only this response contains its secret. */
export function useCreateApiKey() {
  const queryClient = useQueryClient();
  return useMutation({
    meta: ERROR_SHOWN_IN_PLACE,
    mutationFn: (body: Schema<"ApiKeyCreation">) => data(api.POST("/v2/api-keys", { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["api-keys"] }),
  });
}

export function useRevokeApiKey() {
  const queryClient = useQueryClient();
  return useMutation({
    meta: ERROR_SHOWN_IN_PLACE,
    mutationFn: (keyId: string) =>
      api.DELETE("/v2/api-keys/{key_id}", { params: { path: { key_id: keyId } } }),
    // Revoking the key in use redirects to the sign-in page.
    onSuccess: () => queryClient.invalidateQueries(),
  });
}
