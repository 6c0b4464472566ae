/** The operators of the API as people read them. */
const WORDS: Record<string, string> = {
  eq: "is",
  neq: "is not",
  in: "is one of",
  not_in: "is none of",
  gt: "over",
  gte: "at least",
  lt: "under",
  lte: "at most",
  between: "between",
  contains: "contains",
  not_contains: "does not contain",
  starts_with: "starts with",
  exists: "is there",
  not_exists: "is not there",
};

export function operatorText(op: string): string {
  return WORDS[op] ?? op;
}

/** How many values an operator takes. */
export function valuesOf(op: string): "none" | "one" | "two" | "many" {
  if (op === "exists" || op === "not_exists") return "none";
  if (op === "in" || op === "not_in") return "many";
  return op === "between" ? "two" : "one";
}

/** Whether the values typed so far make a filter. */
export function isComplete(op: string, values: readonly string[]): boolean {
  const given = values.filter((value) => value !== "").length;
  switch (valuesOf(op)) {
    case "none":
      return true;
    case "two":
      return given === 2;
    case "one":
      return given === 1;
    case "many":
      return given > 0;
  }
}
