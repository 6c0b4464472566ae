import type { SessionFilter } from "./session_filter";

/** Sessions of which the list at the path has the value; without one, those whose list is empty. */
export function listHas(path: string, value: string): SessionFilter {
  const type = "multi-value-array";
  return value
    ? { path, type, operator: "contains", value: [value] }
    : { path, type, operator: "is_empty" };
}

/** Sessions of which the text at the path is the value; without one, those that have none. */
export function textIs(path: string, value: string): SessionFilter {
  const type = "string";
  return value ? { path, type, operator: "is", value } : { path, type, operator: "is_empty" };
}

/** Sessions of which the figure at the path is more than the value. */
export function isMoreThan(path: string, value: number): SessionFilter {
  return { path, type: "number", operator: "is_greater_than", value };
}

/** Sessions that were active between two instants, whenever they began. */
export function activeIn(from: string, to: string): SessionFilter[] {
  const between = (path: string, criteria: Record<string, string>): SessionFilter => ({
    path,
    type: "date",
    operator: "is_between",
    value: { mode: "datetime", criteria },
  });
  return [between("started_at", { endDate: to }), between("ended_at", { startDate: from })];
}
