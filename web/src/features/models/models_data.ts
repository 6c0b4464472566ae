import { useQuery } from "@tanstack/react-query";

import { type Schema, api, data } from "@/api/client";
import { useCommonSearch } from "@/url_state/use_common_search";

export type Model = Schema<"ModelShape">;
export type Price = Schema<"PriceShape">;
export type Preview = Schema<"PreviewShape">;

/** Every model with calls. */
export function useModels() {
  const { refetchInterval } = useCommonSearch();
  return useQuery({
    queryKey: ["models", "list"],
    queryFn: ({ signal }) => data(api.GET("/v2/models", { signal })),
    refetchInterval,
  });
}

/** The custom prices of the workspace. */
export function usePrices() {
  const { refetchInterval } = useCommonSearch();
  return useQuery({
    queryKey: ["prices", "list"],
    queryFn: ({ signal }) => data(api.GET("/v2/prices", { signal })),
    refetchInterval,
  });
}

/** The effect of removing a price and re-pricing. */
export function useRemovalPreview(priceId: string) {
  return useQuery({
    queryKey: ["prices", "without", priceId],
    queryFn: ({ signal }) =>
      data(api.POST("/v2/prices/preview", { signal, body: { without: priceId } })),
  });
}
