import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, data } from "@/api/client";
import type { Schema } from "@/api/client";
import { ERROR_SHOWN_IN_PLACE } from "@/api/query_client";
import { type Progress, reprice } from "./repricing";

interface Change {
  /** Set or remove the price. */
  run: () => Promise<unknown>;
  /** The stored calls to price again; none where they keep their cost. */
  scope: Schema<"CallScopeBody"> | null;
  /** "Price set" */
  message: string;
}

/** Changes a price, then prices stored calls again, telling how far that is. */
export function useRepricing({ onDone }: { onDone: () => void }) {
  const queryClient = useQueryClient();
  const [progress, setProgress] = useState<Progress | null>(null);
  const mutation = useMutation({
    meta: ERROR_SHOWN_IN_PLACE,
    mutationFn: async ({ run, scope }: Change) => {
      await run();
      return scope ? reprice(scope, setProgress) : null;
    },
    onSuccess: (calls, { message }) => {
      // Their number is larger than the preview's, since calls that do not count are priced, too.
      const priced = calls === null ? "" : ", stored calls priced anew";
      notifications.show({ message: `${message}${priced}` });
      onDone();
    },
    onSettled: () => {
      setProgress(null);
      // Costs are everywhere.
      return queryClient.invalidateQueries();
    },
  });
  return { ...mutation, progress };
}

/** Set a price for calls to come. */
export function setPrice(body: Schema<"PriceBody">) {
  return data(api.PUT("/v2/prices", { body }));
}

/** Remove a price for calls to come. */
export function removePrice(priceId: string) {
  return data(api.DELETE("/v2/prices/{price_id}", { params: { path: { price_id: priceId } } }));
}
