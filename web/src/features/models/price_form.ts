import type { Schema } from "@/api/client";
import type { Model, Price } from "./models_data";

/** The rates by the API's names, in the order of the form. */
export const RATES = {
  input_per_million: "Input",
  output_per_million: "Output",
  cache_read_per_million: "Cache read",
  cache_write_per_million: "Cache write",
  audio_input_per_million: "Audio input",
  audio_output_per_million: "Audio output",
  per_thousand_requests: "Per 1,000 requests",
} as const;

export type RateName = keyof typeof RATES;
export const RATE_NAMES = Object.keys(RATES) as RateName[];
/** What every price has; the others are as these where they are left out. */
export const MAIN_RATES: readonly RateName[] = ["input_per_million", "output_per_million"];
export const OTHER_RATES = RATE_NAMES.filter((name) => !MAIN_RATES.includes(name));

/** What is typed: dollars as text, so that no digit is lost; a date, or nothing for all time. */
export interface PriceDraft {
  model: string;
  provider: string;
  validFrom: string;
  rates: Readonly<Record<RateName, string>>;
}

/** A draft of a price for a model, with the rates that hold now. */
export function draftFor(name: string, model?: Model): PriceDraft {
  return { model: name, provider: "", validFrom: "", rates: ratesOf(model?.price.rates ?? {}) };
}

/** A draft that says what a price says. */
export function draftLike(price: Price): PriceDraft {
  return {
    model: price.model,
    provider: price.provider ?? "",
    validFrom: price.valid_from ?? "",
    rates: ratesOf(price),
  };
}

/** Whether there is enough to ask the server about; what is wrong with it, the server says. */
export function isComplete({ model, rates }: PriceDraft): boolean {
  return model.trim() !== "" && MAIN_RATES.every((name) => rates[name] !== "");
}

/** As the API takes it. */
export function bodyOf(draft: PriceDraft): Schema<"PriceBody"> {
  const given = RATE_NAMES.filter((name) => draft.rates[name] !== "");
  const {
    input_per_million = "0",
    output_per_million = "0",
    ...others
  } = Object.fromEntries(given.map((name) => [name, draft.rates[name]]));
  return {
    ...scopeOf(draft),
    model: draft.model,
    input_per_million,
    output_per_million,
    ...others,
  };
}

/** The calls that the price is for. */
export function scopeOf({ model, provider, validFrom }: PriceDraft): Schema<"CallScopeBody"> {
  return { model, provider, ...(validFrom && { valid_from: validFrom }) };
}

function ratesOf(rates: Partial<Record<RateName, number | null>>): Record<RateName, string> {
  const texts = RATE_NAMES.map((name) => [name, asText(rates[name])] as const);
  return Object.fromEntries(texts) as Record<RateName, string>;
}

/** Without an exponent, which small numbers have in JavaScript. */
function asText(rate: number | null | undefined): string {
  if (rate === null || rate === undefined) return "";
  return String(rate).includes("e") ? rate.toFixed(9).replace(/0+$/, "") : String(rate);
}
