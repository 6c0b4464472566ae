import type { Schema } from "@/api/client";
import type { Model, Price } from "./models_data";

/** The labels of the rates by the API's names, in the order of the form. */
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
/** The required rates, which are the defaults of the others. */
export const MAIN_RATES: readonly RateName[] = ["input_per_million", "output_per_million"];
export const OTHER_RATES = RATE_NAMES.filter((name) => !MAIN_RATES.includes(name));

/** The values of the form: dollars as text, to keep every digit; an empty date means always. */
export interface PriceDraft {
  model: string;
  provider: string;
  validFrom: string;
  rates: Readonly<Record<RateName, string>>;
}

/** A draft for a model, with its current rates. */
export function draftFor(name: string, model?: Model): PriceDraft {
  return { model: name, provider: "", validFrom: "", rates: ratesOf(model?.price.rates ?? {}) };
}

/** A draft with the values of an existing price. */
export function draftLike(price: Price): PriceDraft {
  return {
    model: price.model,
    provider: price.provider ?? "",
    validFrom: price.valid_from ?? "",
    rates: ratesOf(price),
  };
}

/** Whether the required fields are filled in; the server validates their values. */
export function isComplete({ model, rates }: PriceDraft): boolean {
  return model.trim() !== "" && MAIN_RATES.every((name) => rates[name] !== "");
}

/** The request body of a draft. */
export function bodyOf(draft: PriceDraft): Schema<"PriceBody"> {
  const filledIn = RATE_NAMES.filter((name) => draft.rates[name] !== "");
  const {
    input_per_million = "0",
    output_per_million = "0",
    ...others
  } = Object.fromEntries(filledIn.map((name) => [name, draft.rates[name]]));
  return {
    ...scopeOf(draft),
    model: draft.model,
    input_per_million,
    output_per_million,
    ...others,
  };
}

/** The calls that the price applies to. */
export function scopeOf({ model, provider, validFrom }: PriceDraft): Schema<"CallScopeBody"> {
  return { model, provider, ...(validFrom && { valid_from: validFrom }) };
}

function ratesOf(rates: Partial<Record<RateName, number | null>>): Record<RateName, string> {
  const texts = RATE_NAMES.map((name) => [name, asText(rates[name])] as const);
  return Object.fromEntries(texts) as Record<RateName, string>;
}

/** The decimal form, without the exponent that JavaScript uses for small numbers. */
function asText(rate: number | null | undefined): string {
  if (rate === null || rate === undefined) return "";
  return String(rate).includes("e") ? rate.toFixed(9).replace(/0+$/, "") : String(rate);
}
