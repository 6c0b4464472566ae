/** One condition on sessions, as the API's `query.filters` has it. */
export interface SessionFilter {
  /** A path of a session, e.g. `billing.total_cost`. */
  path: string;
  type: string;
  operator: string;
  value: unknown;
}

/** The filters of any search parameter; those that are none are left out. */
export function filtersOf(value: unknown): SessionFilter[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const filters = value.filter(isFilter);
  return filters.length > 0 ? filters : undefined;
}

/** Sessions that have the value at the path; an empty one stands for those that have none. */
export function has(path: string, value: string): SessionFilter {
  return value
    ? { path, type: "multi-value-array", operator: "contains", value: [value] }
    : { path, type: "multi-value-array", operator: "is_empty", value: null };
}

/** Sessions whose text at the path is the value; an empty one stands for those that have none. */
export function is(path: string, value: string): SessionFilter {
  return value
    ? { path, type: "string", operator: "is", value }
    : { path, type: "string", operator: "is_empty", value: null };
}

function isFilter(value: unknown): value is SessionFilter {
  return (
    typeof value === "object" &&
    value !== null &&
    ["path", "type", "operator"].every((name) => typeof Reflect.get(value, name) === "string")
  );
}
