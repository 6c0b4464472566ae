import type { Schema } from "@/api/client";
import { money } from "@/format/money";

type Source = Schema<"CallCostsBody">["cost_source"];

/** The sources of a cost, in words. */
export const SOURCES: Record<string, string> = {
  client: "Reported by the client",
  own: "Custom price",
  list: "Catalog price",
  none: "No price known",
} satisfies Record<Source, string>;

/** A price in words: `$2.5 in, $10 out, $1.25 cached per million tokens`. */
export function priceText(price: Schema<"RateCardBody">): string {
  const input = price.input_per_million;
  const read = price.cache_read_per_million ?? input;
  const written = price.cache_write_per_million ?? input;
  const parts = [`${money(input)} in`, `${money(price.output_per_million)} out`];
  if (read !== input) parts.push(`${money(read)} cached`);
  if (written !== input) parts.push(`${money(written)} cache writes`);
  const request = price.per_thousand_requests
    ? `, and ${money(price.per_thousand_requests / 1000)} a call`
    : "";
  const above = price.above_tokens === undefined ? "" : ` above ${price.above_tokens} tokens`;
  return `${parts.join(", ")} per million tokens${above}${request}`;
}
