import { describe, expect, it } from "vitest";

import { makeAxis } from "./axis";

const HOUR = 3_600_000;

describe("makeAxis", () => {
  it("keeps short gaps", () => {
    const axis = makeAxis([0, 600], [500, 400]);
    expect(axis.gaps).toEqual([]);
    expect(axis.at(500)).toBeCloseTo(0.5);
    expect(axis.at(1000)).toBe(1);
  });

  it("folds long gaps", () => {
    const axis = makeAxis([0, 2 * HOUR], [1000, 1000]);
    expect(axis.gaps).toEqual([{ startMs: 1000, endMs: 2 * HOUR }]);
    expect(axis.at(2 * HOUR) - axis.at(1000)).toBeCloseTo(0.02);
  });

  it("maps positions back to instants", () => {
    const axis = makeAxis([0, 2 * HOUR, 5 * HOUR], [1000, 3000, 500]);
    for (const ms of [0, 500, 1000, 2 * HOUR + 1, 5 * HOUR + 500]) {
      expect(axis.timeAt(axis.at(ms))).toBeCloseTo(ms, 3);
    }
  });

  it("accepts items without a duration, and no items", () => {
    expect(makeAxis([5], [0]).at(5)).toBe(0);
    expect(makeAxis([], []).at(5)).toBe(0);
  });

  it("limits all folds together to a quarter of the axis", () => {
    const starts = Array.from({ length: 500 }, (_, index) => index * HOUR);
    const axis = makeAxis(
      starts,
      starts.map(() => 10),
    );
    expect(axis.gaps).toHaveLength(499);
    expect(axis.at(starts[1] ?? 0) - axis.at(10)).toBeCloseTo(0.25 / 499);
  });
});
