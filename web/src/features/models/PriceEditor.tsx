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

/** Sets a price: what it says, what it would change, then whether stored calls follow. */
export function PriceEditor({ initial, onDone }: Props) {
  const [draft, setDraft] = useState(initial);
  const [isForAll, setIsForAll] = useState(true);
  const preview = useMutation({
    meta: ERROR_SHOWN_IN_PLACE,
    mutationFn: (price: PriceDraft) =>
      data(api.POST("/v2/prices/preview", { body: { price: bodyOf(price) } })),
  });
  const saving = useRepricing({ onDone });
  const error = preview.error ?? saving.error;
  const faults = faultsOf(error);
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
      scope: isForAll && preview.data.calls > 0 ? scopeOf(draft) : null,
      message: "Price set",
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text c="dimmed" fz="sm">
          US dollars per million tokens. It comes before the list of prices, for calls that start
          from its date on; what a client reports stays.
        </Text>
        <PriceFields draft={draft} onChange={change} faults={faults} />
        {error && !Object.keys(faults).some(isShown) && (
          <Alert color="red">{asApiError(error).message}</Alert>
        )}
        {preview.data && <PreviewChange preview={preview.data} />}
        {preview.data && preview.data.calls > 0 && (
          <Checkbox
            size="xs"
            label="Price stored calls again"
            description="Else only calls that arrive from now on have this price."
            checked={isForAll}
            onChange={(event) => setIsForAll(event.currentTarget.checked)}
          />
        )}
        {saving.isPending && <RepricingProgress progress={saving.progress} />}
        <Group justify="flex-end">
          <Button
            type="submit"
            disabled={!isComplete(draft)}
            loading={preview.isPending || saving.isPending}
          >
            {preview.data ? "Set price" : "Preview"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Whether the form has the field to say at it what is wrong. */
function isShown(field: string): boolean {
  return ["model", "provider", "valid_from", ...RATE_NAMES].includes(field);
}

/** What is wrong, by the last part of its path: the field's name. */
function faultsOf(error: unknown): Record<string, string> {
  if (!error) return {};
  const faults = asApiError(error).errors;
  return Object.fromEntries(
    faults.map(({ path, message }) => [path.split(".").at(-1) ?? "", message] as const),
  );
}
