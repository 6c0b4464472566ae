import { expect, it } from "vitest";

import { filterText } from "./filter_text";
import { activeIn } from "./build_filter";

it("a time range with one open end shows the other end", () => {
  const [from, to] = ["2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z"];
  expect(activeIn(from, to).map(filterText)).toEqual([
    `started_at until ${to}`,
    `ended_at from ${from}`,
  ]);
  const value = { mode: "datetime" as const, criteria: { startDate: from, endDate: to } };
  const both = { path: "started_at", type: "date", operator: "is_between", value };
  expect(filterText(both)).toBe(`started_at is between ${from} and ${to}`);
});
