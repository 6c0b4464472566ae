/** The API's operators in words. */
const OPERATORS: Record<string, string> = {
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
  exists: "exists",
  not_exists: "does not exist",
};

export function operatorText(op: string): string {
  return OPERATORS[op] ?? op;
}

/** The number of values that an operator takes. */
export function valuesOf(op: string): "none" | "one" | "two" | "many" {
  if (op === "exists" || op === "not_exists") return "none";
  if (op === "in" || op === "not_in") return "many";
  return op === "between" ? "two" : "one";
}

/** Whether all values are filled in. */
export function isComplete(op: string, values: readonly string[]): boolean {
  const filledIn = values.filter((value) => value !== "").length;
  switch (valuesOf(op)) {
    case "none":
      return true;
    case "two":
      return filledIn === 2;
    case "one":
      return filledIn === 1;
    case "many":
      return filledIn > 0;
  }
}
