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

/** Asks before a price is removed, with what that changes. */
export function PriceRemoval({ price, onClose }: Props) {
  const [isForAll, setIsForAll] = useState(true);
  const preview = useRemovalPreview(price.id);
  const removal = useRepricing({ onDone: onClose });
  const error = preview.error ?? removal.error;
  const calls = preview.data?.calls ?? 0;
  return (
    <Confirm
      title={`Remove the price of ${price.model}?`}
      action="Remove price"
      isOpen
      isDestructive
      // Of an older preview, the calls to price again may be too few.
      isReady={preview.isSuccess && !preview.isFetching}
      isRunning={removal.isPending}
      onConfirm={() =>
        removal.mutate({
          run: () => removePrice(price.id),
          scope: isForAll && calls > 0 ? scopeOf(draftLike(price)) : null,
          message: "Price removed",
        })
      }
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text fz="sm">Another price of yours or the list&apos;s holds again, if there is one.</Text>
        {preview.isPending && <LoadingRows count={2} />}
        {preview.data && <PreviewChange preview={preview.data} />}
        {calls > 0 && (
          <Checkbox
            size="xs"
            label="Price stored calls again"
            description="Else they keep the cost that they have."
            checked={isForAll}
            onChange={(event) => setIsForAll(event.currentTarget.checked)}
          />
        )}
        {error && <Alert color="red">{asApiError(error).message}</Alert>}
        {removal.isPending && <RepricingProgress progress={removal.progress} />}
      </Stack>
    </Confirm>
  );
}
