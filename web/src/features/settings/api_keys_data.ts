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

/** Make a key; the answer has its secret, this once. */
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
    // It may be the own one: then who is here has to sign in again.
    onSuccess: () => queryClient.invalidateQueries(),
  });
}
