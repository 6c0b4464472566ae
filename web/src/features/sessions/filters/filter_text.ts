import { type DateValue, type SessionFilter, isDateValue } from "./session_filter";

const OPERATORS: Record<string, string> = {
  is: "is",
  is_not: "is not",
  contains: "contains",
  does_not_contain: "does not contain",
  starts_with: "starts with",
  ends_with: "ends with",
  is_empty: "is empty",
  is_not_empty: "is not empty",
  equals: "=",
  is_not_equal: "≠",
  is_greater_than: ">",
  is_less_than: "<",
  is_greater_than_or_equal_to: "≥",
  is_less_than_or_equal_to: "≤",
  is_between: "is between",
  is_before: "is before",
  is_on_or_before: "is on or before",
  is_relative_today: "is in the",
  is_relative_time: "is in the last",
};

const LIST_OPERATORS: Record<string, string> = {
  contains: "has all of",
  does_not_contain: "has none of",
};

const RELATIVE: Record<string, string> = {
  today: "today",
  yesterday: "yesterday",
  one_week_ago: "a week ago",
  one_month_ago: "a month ago",
};

/** An operator in words. */
export function operatorText(type: string, operator: string): string {
  const special = type === "multi-value-array" ? LIST_OPERATORS[operator] : undefined;
  return special ?? OPERATORS[operator] ?? operator.replaceAll("_", " ");
}

/** The text of a filter's chip: `billing.total_cost > 1`. */
export function filterText(filter: SessionFilter): string {
  const { path, type, operator, value } = filter;
  const words =
    operator === "is_between" && isDateValue(value)
      ? rangeText(value.criteria)
      : `${operatorText(type, operator)} ${valueText(filter)}`;
  return `${path} ${words}`.trimEnd();
}

/** Either end may be open. */
function rangeText({ startDate, endDate }: DateValue["criteria"]): string {
  if (startDate && endDate) return `is between ${startDate} and ${endDate}`;
  return startDate ? `from ${startDate}` : `until ${endDate}`;
}

function valueText({ value, operator }: SessionFilter): string {
  if (value === undefined) return "";
  if (isDateValue(value)) return dateText(operator, value.criteria);
  if (Array.isArray(value)) {
    return operator === "is_between" ? value.join(" and ") : value.join(", ");
  }
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

function dateText(operator: string, criteria: DateValue["criteria"]): string {
  const { relativeTime, customDate, unit, count, direction } = criteria;
  if (operator === "is_relative_time") {
    return `${count} ${unit === "minutes_ago" ? "minutes" : "hours"}`;
  }
  if (operator === "is_relative_today") {
    return direction === "present" ? `current ${unit}` : `last ${count} ${unit}s`;
  }
  return RELATIVE[String(relativeTime)] ?? String(customDate);
}
