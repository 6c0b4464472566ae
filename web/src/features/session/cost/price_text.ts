import type { Schema } from "@/api/client";
import { money } from "@/format/money";

type Source = Schema<"CallCostsBody">["cost_source"];

/** Where the figure of a cost is from, in words. */
export const SOURCES: Record<string, string> = {
  client: "Told by the application",
  list: "From the price list",
  none: "No price known",
} satisfies Record<Source, string>;

/** A price for people: `$2.5 in, $10 out, $1.25 cached per million tokens`. */
export function priceText(price: Schema<"PriceBody">): string {
  const parts = [`${money(price.prompt)} in`, `${money(price.completion)} out`];
  if (price.cached !== price.prompt) parts.push(`${money(price.cached)} cached`);
  if (price.cache_write !== price.prompt) parts.push(`${money(price.cache_write)} cache writes`);
  const request = price.request ? `, and ${money(price.request)} a call` : "";
  const above = price.above_tokens === undefined ? "" : ` above ${price.above_tokens} tokens`;
  return `${parts.join(", ")} per million tokens${above}${request}`;
}
