import { Button, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";

import { Figure } from "@/components/Figure";
import { UserText } from "@/components/UserText";
import { Money } from "@/components/Money";
import { RelativeTime } from "@/components/RelativeTime";
import type { DataColumn } from "@/components/table/data_column";
import { Tokens } from "@/components/Tokens";
import { count } from "@/format/count";
import type { Model } from "./models_data";
import { PriceSource } from "./PriceSource";
import { Rate } from "./Rate";

type Column = DataColumn<Model>;

/** The columns of the models. */
export const MODEL_COLUMNS: readonly Column[] = [
  {
    id: "model",
    header: "Model",
    cell: (model) => <ModelName model={model} />,
    value: ({ model }) => model,
    width: 190,
    isGrowing: true,
    isSortable: true,
  },
  figure("unpriced", "Unpriced", ({ unpriced_calls }) => unpriced_calls, 98, {
    hint: "Calls without a known price, not included in the cost",
    cell: ({ unpriced_calls }) => (
      <Figure isDimmed={unpriced_calls === 0}>
        <Text span inherit c={unpriced_calls > 0 ? "var(--app-warn)" : undefined}>
          {count(unpriced_calls)}
        </Text>
      </Figure>
    ),
  }),
  figure("calls", "Calls", ({ calls }) => calls, 70),
  figure("cost", "Cost", ({ cost }) => cost, 136, {
    cell: (model) => (
      <Money
        // The cost is unknown if all calls failed.
        dollars={model.calls === model.failed_calls && model.cost === 0 ? null : model.cost}
        unpricedCalls={model.unpriced_calls}
        calls={model.calls}
      />
    ),
  }),
  {
    id: "source",
    header: "Price",
    hint: "The source of the current price",
    cell: ({ price }) => <PriceSource source={price.source} />,
    value: ({ price }) => price.source,
    width: 76,
    isSortable: true,
  },
  rate("input_per_million", "Input / 1M"),
  rate("output_per_million", "Output / 1M"),
  { ...rate("cache_read_per_million", "Cache read / 1M"), isHidden: true, width: 120 },
  figure("prompt_tokens", "Tokens in", ({ prompt_tokens }) => prompt_tokens, 84),
  figure("completion_tokens", "Tokens out", ({ completion_tokens }) => completion_tokens, 90),
  {
    id: "providers",
    header: "Provider",
    cell: ({ providers }) => <UserText text={providers.join(", ")} />,
    value: ({ providers }) => providers.join(),
    width: 110,
    isSortable: true,
  },
  {
    id: "last_seen_at",
    header: "Last seen",
    cell: ({ last_seen_at }) => <RelativeTime time={last_seen_at} />,
    value: ({ last_seen_at }) => last_seen_at,
    width: 92,
    isSortable: true,
  },
  {
    id: "first_seen_at",
    header: "First seen",
    cell: ({ first_seen_at }) => <RelativeTime time={first_seen_at} />,
    value: ({ first_seen_at }) => first_seen_at,
    width: 92,
    isSortable: true,
    isHidden: true,
  },
];

/** The columns for admins, who can set prices. */
export const MODEL_COLUMNS_TO_SET: readonly Column[] = [
  ...MODEL_COLUMNS,
  {
    id: "set",
    header: "Custom price",
    cell: ({ model }) => <SetPrice model={model} />,
    width: 92,
  },
];

function figure(
  id: string,
  header: string,
  value: (model: Model) => number,
  width: number,
  more: Partial<Column> = {},
): Column {
  const cell = (model: Model) => <Tokens tokens={value(model)} />;
  return { id, header, cell, value, width, align: "right", isSortable: true, ...more };
}

function rate(
  name: "input_per_million" | "output_per_million" | "cache_read_per_million",
  header: string,
): Column {
  return {
    id: name,
    header,
    hint: "Current price in US dollars per million tokens",
    cell: ({ price }) => (
      <Rate
        dollars={price.rates?.[name]}
        hint={price.has_tiers ? "Higher for calls with long input" : undefined}
      />
    ),
    value: ({ price }) => price.rates?.[name] ?? undefined,
    width: 108,
    align: "right",
    isSortable: true,
  };
}

function ModelName({ model: { model, requested_models } }: { model: Model }) {
  const others = requested_models.filter((name) => name !== model);
  const asked = others.length > 0 ? `${model}, requested as ${others.join(", ")}` : model;
  return <UserText text={model || "(no model)"} hint={asked} />;
}

function SetPrice({ model }: { model: string }) {
  if (!model) return null;
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      aria-label={`Set price for ${model}`}
      renderRoot={(props) => (
        <Link to="/models" search={(before) => ({ ...before, set: model })} {...props} />
      )}
    >
      Set
    </Button>
  );
}
