import { Alert, Checkbox, Stack, Text } from "@mantine/core";
import { useState } from "react";

import { asApiError } from "@/api/errors";
import { Confirm } from "@/components/Confirm";
import { LoadingRows } from "@/components/LoadingRows";
import { type Price, useRemovalPreview } from "./models_data";
import { PreviewChange } from "./PreviewChange";
import { draftLike, scopeOf } from "./price_form";
import { RepricingProgress } from "./RepricingProgress";
import { removePrice, useRepricing } from "./use_repricing";

interface Props {
  price: Price;
  onClose: () => void;
}

/** Confirms the removal of a price, with a preview of its effect. */
export function PriceRemoval({ price, onClose }: Props) {
  const [repricesStored, setRepricesStored] = useState(true);
  const preview = useRemovalPreview(price.id);
  const removal = useRepricing({ onDone: onClose });
  const error = preview.error ?? removal.error;
  const calls = preview.data?.calls ?? 0;
  return (
    <Confirm
      title={`Remove price of ${price.model}?`}
      action="Remove price"
      isOpen
      isDestructive
      // A stale preview may have too few calls to re-price.
      isReady={preview.isSuccess && !preview.isFetching}
      isRunning={removal.isPending}
      onConfirm={() =>
        removal.mutate({
          run: () => removePrice(price.id),
          scope: repricesStored && calls > 0 ? scopeOf(draftLike(price)) : null,
          message: "Price removed",
        })
      }
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text fz="sm">Another custom price or the catalog price will apply, if there is one.</Text>
        {preview.isPending && <LoadingRows count={2} />}
        {preview.data && <PreviewChange preview={preview.data} />}
        {calls > 0 && (
          <Checkbox
            size="xs"
            label="Re-price stored calls"
            description="Otherwise they keep their cost."
            checked={repricesStored}
            onChange={(event) => setRepricesStored(event.currentTarget.checked)}
          />
        )}
        {error && <Alert color="red">{asApiError(error).message}</Alert>}
        {removal.isPending && <RepricingProgress progress={removal.progress} />}
      </Stack>
    </Confirm>
  );
}
