import { expect, it } from "vitest";

import { filterWords } from "./filter_words";
import { activeIn } from "./make_filter";

it("a range of time with an open end says the end that it has", () => {
  const [from, to] = ["2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z"];
  expect(activeIn(from, to).map(filterWords)).toEqual([
    `started_at until ${to}`,
    `ended_at from ${from}`,
  ]);
  const value = { mode: "datetime" as const, criteria: { startDate: from, endDate: to } };
  const both = { path: "started_at", type: "date", operator: "is_between", value };
  expect(filterWords(both)).toBe(`started_at is between ${from} and ${to}`);
});
