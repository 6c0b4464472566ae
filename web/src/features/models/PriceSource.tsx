import { Badge } from "@mantine/core";

import type { Model } from "./models_data";

const SOURCES = {
  own: { label: "own", color: "indigo", hint: "Your own price" },
  list: { label: "list", color: "gray", hint: "The list of genai-prices" },
  client: { label: "client", color: "teal", hint: "The client reports what each call costs" },
  none: { label: "none", color: "yellow", hint: "No price is known: set one" },
} as const;

/** Where the cost of a model's calls comes from. */
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
