import { Badge } from "@mantine/core";

import type { Model } from "./models_data";

const SOURCES = {
  own: { label: "custom", color: "indigo", hint: "Custom price" },
  list: { label: "catalog", color: "gray", hint: "Price of the genai-prices catalog" },
  client: { label: "client", color: "teal", hint: "The client reports the cost of each call" },
  none: { label: "missing", color: "yellow", hint: "No known price: set one" },
} as const;

/** The source of the price of a model's calls. */
export function PriceSource({ source }: { source: Model["price"]["source"] }) {
  const { label, color, hint } = SOURCES[source];
  return (
    <Badge
      variant="light"
      color={color}
      size="sm"
      radius="sm"
      tt="none"
      fw={500}
      c="bright"
      title={hint}
    >
      {label}
    </Badge>
  );
}
