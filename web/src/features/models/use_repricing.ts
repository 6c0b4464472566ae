import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, data } from "@/api/client";
import type { Schema } from "@/api/client";
import { ERROR_SHOWN_IN_PLACE } from "@/api/query_client";
import { type Progress, reprice } from "./repricing";

interface Change {
  /** Sets or removes the price. */
  run: () => Promise<unknown>;
  /** The stored calls to re-price, or null to keep their cost. */
  scope: Schema<"CallScopeBody"> | null;
  /** The notification on success: "Price saved". */
  message: string;
}

/** Change a price, then re-price stored calls and report the progress. */
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
      // Not their number: it exceeds the preview's, as calls that do not count are priced as well.
      const repriced = calls === null ? "" : ". Stored calls were re-priced.";
      notifications.show({ message: `${message}${repriced}` });
      onDone();
    },
    onSettled: () => {
      setProgress(null);
      // Every page shows costs.
      return queryClient.invalidateQueries();
    },
  });
  return { ...mutation, progress };
}

/** Set a price for new calls. */
export function setPrice(body: Schema<"PriceBody">) {
  return data(api.PUT("/v2/prices", { body }));
}

/** Remove a price for new calls. */
export function removePrice(priceId: string) {
  return data(api.DELETE("/v2/prices/{price_id}", { params: { path: { price_id: priceId } } }));
}
