/** One filter, in the format of the API's `query.filters` and of `filters` in the URL. */
export interface SessionFilter {
  path: string;
  type: string;
  operator: string;
  value?: FilterValue;
}

export type FilterValue = string | number | boolean | string[] | number[] | DateValue;

/** The value of a date filter; mode `date` means whole UTC days. */
export interface DateValue {
  mode: "date" | "datetime";
  criteria: Record<string, string | number>;
}

/** The well-formed filters of a URL; the API checks their paths and operators. */
export function filtersOf(value: unknown): SessionFilter[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const found = value.filter(isFilter);
  return found.length > 0 ? found : undefined;
}

/** The kind of value that an operator takes; `none` for operators without a value. */
export type ValueKind =
  "none" | "text" | "texts" | "number" | "numbers" | "flag" | "day" | "days" | "period" | "ago";

export function valueKindOf({
  type,
  operator,
}: Pick<SessionFilter, "type" | "operator">): ValueKind {
  if (operator === "is_empty" || operator === "is_not_empty") return "none";
  switch (type) {
    case "boolean":
      return "flag";
    case "number":
      return operator === "is_between" ? "numbers" : "number";
    case "multi-value-array":
      return "texts";
    case "date":
      return DATE_KINDS[operator] ?? "day";
    default:
      return "text";
  }
}

const DATE_KINDS: Record<string, ValueKind> = {
  is_between: "days",
  is_relative_today: "period",
  is_relative_time: "ago",
};

/** The initial value of a form. */
export function emptyValueOf(kind: ValueKind): FilterValue | undefined {
  switch (kind) {
    case "none":
      return undefined;
    case "text":
      return "";
    case "texts":
      return [];
    case "number":
      return 0;
    case "numbers":
      return [0, 1];
    case "flag":
      return true;
    case "day":
      return { mode: "date", criteria: { relativeTime: "today" } };
    case "days":
      return { mode: "date", criteria: {} };
    case "period":
      return { mode: "datetime", criteria: { unit: "day", count: 7, direction: "past" } };
    case "ago":
      return { mode: "datetime", criteria: { unit: "hours_ago", count: 24 } };
  }
}

/** Whether the value is complete. */
export function isComplete(filter: SessionFilter): boolean {
  const { value, path } = filter;
  if (path.endsWith(".")) return false;
  switch (valueKindOf(filter)) {
    case "none":
    case "number":
    case "flag":
    case "period":
    case "ago":
      return true;
    case "text":
      return typeof value === "string" && value !== "";
    case "texts":
      return Array.isArray(value) && value.length > 0;
    case "numbers":
      return Array.isArray(value) && value.length === 2;
    case "day":
      return isDateValue(value) && !Object.values(value.criteria).includes("");
    case "days":
      return isDateValue(value) && Object.values(value.criteria).some(Boolean);
  }
}

export function isDateValue(value: unknown): value is DateValue {
  return typeof value === "object" && value !== null && "criteria" in value;
}

function isFilter(value: unknown): value is SessionFilter {
  if (typeof value !== "object" || value === null) return false;
  return ["path", "type", "operator"].every(
    (name) => typeof (value as Record<string, unknown>)[name] === "string",
  );
}
