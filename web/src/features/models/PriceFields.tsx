import { Collapse, Group, SimpleGrid, Stack, TextInput, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useState } from "react";

import { MAIN_RATES, OTHER_RATES, type PriceDraft, RATES, type RateName } from "./price_form";

interface Props {
  draft: PriceDraft;
  onChange: (draft: PriceDraft) => void;
  /** Error messages by the API's field name. */
  errors: Readonly<Record<string, string>>;
}

/** The fields of a custom price. */
export function PriceFields({ draft, onChange, errors }: Props) {
  const [isLong, setIsLong] = useState(OTHER_RATES.some((name) => draft.rates[name] !== ""));
  const field = (name: "model" | "provider" | "validFrom") => ({
    value: draft[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      onChange({ ...draft, [name]: event.currentTarget.value }),
    autoComplete: "off",
  });
  const rate = (name: RateName) => (
    <TextInput
      key={name}
      label={RATES[name]}
      value={draft.rates[name]}
      onChange={(event) =>
        onChange({ ...draft, rates: { ...draft.rates, [name]: event.currentTarget.value } })
      }
      error={errors[name]}
      inputMode="decimal"
      leftSection="$"
      required={MAIN_RATES.includes(name)}
      autoComplete="off"
      styles={{ input: { fontVariantNumeric: "tabular-nums" } }}
    />
  );
  const Chevron = isLong ? IconChevronDown : IconChevronRight;
  return (
    <Stack gap="sm">
      <TextInput
        {...field("model")}
        label="Model"
        description="Case-insensitive; * is a wildcard."
        error={errors.model}
        required
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          {...field("provider")}
          label="Provider"
          placeholder="any"
          error={errors.provider}
        />
        <TextInput
          {...field("validFrom")}
          label="Valid from (UTC)"
          placeholder="2026-01-31; empty for always"
          error={errors.valid_from}
        />
      </SimpleGrid>
      <SimpleGrid cols={2} spacing="sm" aria-label="US dollars per million tokens" role="group">
        {MAIN_RATES.map(rate)}
      </SimpleGrid>
      <UnstyledButton onClick={() => setIsLong(!isLong)} aria-expanded={isLong} fz="sm">
        <Group gap={4}>
          <Chevron size={14} aria-hidden />
          Cache, audio and requests
        </Group>
      </UnstyledButton>
      <Collapse expanded={isLong}>
        <SimpleGrid cols={2} spacing="sm">
          {OTHER_RATES.map(rate)}
        </SimpleGrid>
      </Collapse>
    </Stack>
  );
}
