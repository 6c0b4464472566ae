import { Alert, Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";

import { api, data } from "@/api/client";
import { asApiError } from "@/api/errors";
import { ERROR_SHOWN_IN_PLACE } from "@/api/query_client";
import { type PriceDraft, RATE_NAMES, bodyOf, isComplete, scopeOf } from "./price_form";
import { PreviewChange } from "./PreviewChange";
import { PriceFields } from "./PriceFields";
import { RepricingProgress } from "./RepricingProgress";
import { setPrice, useRepricing } from "./use_repricing";

interface Props {
  initial: PriceDraft;
  onDone: () => void;
}

/** Edits a price, previews its effect, then saves it and optionally re-prices stored calls. */
export function PriceEditor({ initial, onDone }: Props) {
  const [draft, setDraft] = useState(initial);
  const [repricesStored, setRepricesStored] = useState(true);
  const preview = useMutation({
    meta: ERROR_SHOWN_IN_PLACE,
    mutationFn: (price: PriceDraft) =>
      data(api.POST("/v2/prices/preview", { body: { price: bodyOf(price) } })),
  });
  const saving = useRepricing({ onDone });
  const error = preview.error ?? saving.error;
  const errors = errorsOf(error);
  const change = (changed: PriceDraft) => {
    setDraft(changed);
    preview.reset();
    saving.reset();
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!preview.data) {
      preview.mutate(draft);
      return;
    }
    saving.mutate({
      run: () => setPrice(bodyOf(draft)),
      scope: repricesStored && preview.data.calls > 0 ? scopeOf(draft) : null,
      message: "Price saved",
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text c="dimmed" fz="sm">
          US dollars per million tokens. Overrides the catalog for calls from this date.
          Client-reported costs are kept.
        </Text>
        <PriceFields draft={draft} onChange={change} errors={errors} />
        {error && !Object.keys(errors).some(isShown) && (
          <Alert color="red">{asApiError(error).message}</Alert>
        )}
        {preview.data && <PreviewChange preview={preview.data} />}
        {preview.data && preview.data.calls > 0 && (
          <Checkbox
            size="xs"
            label="Re-price stored calls"
            description="Otherwise the price applies to new calls only."
            checked={repricesStored}
            onChange={(event) => setRepricesStored(event.currentTarget.checked)}
          />
        )}
        {saving.isPending && <RepricingProgress progress={saving.progress} />}
        <Group justify="flex-end">
          <Button
            type="submit"
            disabled={!isComplete(draft)}
            loading={preview.isPending || saving.isPending}
          >
            {preview.data ? "Save price" : "Preview"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Whether the form has this field and can show its error there. */
function isShown(field: string): boolean {
  return ["model", "provider", "valid_from", ...RATE_NAMES].includes(field);
}

/** The error messages by field name, the last part of their path. */
function errorsOf(error: unknown): Record<string, string> {
  if (!error) return {};
  const errors = asApiError(error).errors;
  return Object.fromEntries(
    errors.map(({ path, message }) => [path.split(".").at(-1) ?? "", message] as const),
  );
}
