import type { SessionFilter } from "./session_filter";

/** Filter for sessions whose list contains the value; for an empty value, whose list is empty. */
export function listHas(path: string, value: string): SessionFilter {
  const type = "multi-value-array";
  return value
    ? { path, type, operator: "contains", value: [value] }
    : { path, type, operator: "is_empty" };
}

/** Filter for sessions whose text equals the value; for an empty value, whose text is empty. */
export function textIs(path: string, value: string): SessionFilter {
  const type = "string";
  return value ? { path, type, operator: "is", value } : { path, type, operator: "is_empty" };
}

/** Filter for sessions whose number is greater than the value. */
export function isMoreThan(path: string, value: number): SessionFilter {
  return { path, type: "number", operator: "is_greater_than", value };
}

/** Filters for sessions that were active between two instants. */
export function activeIn(from: string, to: string): SessionFilter[] {
  const between = (path: string, criteria: Record<string, string>): SessionFilter => ({
    path,
    type: "date",
    operator: "is_between",
    value: { mode: "datetime", criteria },
  });
  return [between("started_at", { endDate: to }), between("ended_at", { startDate: from })];
}
