import { describe, expect, it } from "vitest";

import { bytes } from "./bytes";
import { change, compactCount, counted, percent } from "./count";
import { duration, exactDuration } from "./duration";
import { compactMoney, exactMoney, money } from "./money";
import { exactTime, relativeTime } from "./time";
import { unpriced } from "./unknown";

describe("money has enough digits to be non-zero, and no more", () => {
  it.each([
    [0, "$0"],
    ["0.000000000", "$0"],
    [1234.567, "$1,234.57"],
    [12, "$12.00"],
    [0.01, "$0.01"],
    [0.0042137, "$0.0042"],
    ["0.000003100", "$0.0000031"],
    [0.00999, "$0.01"],
    [0.005, "$0.005"],
    [-0.0042, "-$0.0042"],
  ])("%s is %s", (dollars, text) => expect(money(dollars)).toBe(text));

  it("shows every digit when asked", () => {
    expect(exactMoney("0.004213700")).toBe("$0.0042137");
    expect(exactMoney(1234.5678)).toBe("$1,234.5678");
  });

  it("is short on an axis", () => expect(compactMoney(12_345)).toBe("$12.3K"));
});

describe("durations show their two largest units", () => {
  it.each([
    [0, "0 ms"],
    [0.4, "<1 ms"],
    [340, "340 ms"],
    [1_234, "1.2 s"],
    [9_960, "10 s"],
    [59_700, "1 min"],
    [184_000, "3 min 4 s"],
    [3_600_000, "1 h"],
    [7_500_000, "2 h 5 min"],
    [100 * 3_600_000, "4 d 4 h"],
  ])("%s ms is %s", (ms, text) => expect(duration(ms)).toBe(text));

  it("is exact when asked", () => {
    expect(exactDuration(184_005)).toBe("3 min 4.005 s");
    expect(exactDuration(0)).toBe("0 s");
    expect(exactDuration(86_400_000)).toBe("1 d");
  });
});

describe("counts", () => {
  it("are exact up to 9,999, then short", () => {
    expect(compactCount(9_999)).toBe("9,999");
    expect(compactCount(1_234_567)).toBe("1.2M");
  });

  it("agree with their noun", () => {
    expect(counted(1, "trace")).toBe("1 trace");
    expect(counted(1_234, "entry", "entries")).toBe("1,234 entries");
  });

  it("of unpriced calls are mentioned only if there are any", () => {
    expect(unpriced(3)).toBe("3 calls unpriced");
    expect(unpriced(0)).toBeNull();
  });

  it("as small shares are never rounded to zero", () => {
    expect(percent(0.00004)).toBe("<0.1%");
    expect(percent(0)).toBe("0%");
    expect(change(0.123)).toBe("+12.3%");
    expect(change(-0.5)).toBe("-50%");
  });
});

describe("times", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  it.each([
    ["2026-11-22T11:59:58Z", "now"],
    ["2026-11-22T11:59:30Z", "30 s ago"],
    ["2026-11-22T11:01:00Z", "59 min ago"],
    ["2026-11-22T02:00:00Z", "10 h ago"],
    ["2026-11-21T11:00:00Z", "yesterday"],
    ["2026-11-18T12:00:00Z", "4 d ago"],
    ["2026-11-03T12:00:00Z", "Nov 3"],
    ["2025-11-03T12:00:00Z", "Nov 3, 2025"],
  ])("%s was %s", (time, text) => expect(relativeTime(time, now)).toBe(text));

  it("are exact when asked", () => expect(exactTime(now)).toContain("22 Nov 2026"));
});

describe("sizes have three digits", () => {
  it.each([
    [0, "0 B"],
    [812, "812 B"],
    [999.7, "1 kB"],
    [1_234_567, "1.23 MB"],
    [5_000_000_000, "5 GB"],
  ])("%s is %s", (value, text) => expect(bytes(value)).toBe(text));
});
