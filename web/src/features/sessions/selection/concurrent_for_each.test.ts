import { describe, expect, it } from "vitest";

import { concurrentForEach } from "./concurrent_for_each";

/** Records the items it ran for; the item `bad` fails. */
function runner(bad?: number) {
  const done: number[] = [];
  const run = async (item: number) => {
    await new Promise((resolve) => setTimeout(resolve));
    if (item === bad) throw new Error(`${item} failed`);
    done.push(item);
  };
  return { done, run };
}

describe("concurrentForEach", () => {
  it("runs once for each item", async () => {
    const { done, run } = runner();
    await concurrentForEach([1, 2, 3, 4, 5, 6, 7, 8, 9], run);
    expect(done.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("starts nothing after a failure, and waits for what is in flight", async () => {
    const { done, run } = runner(2);
    await expect(concurrentForEach([1, 2, 3, 4, 5, 6, 7, 8, 9], run)).rejects.toThrow("2 failed");
    const finished = [...done];
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(done).toEqual(finished);
    expect(done).toEqual(expect.arrayContaining([1, 3, 4]));
    expect(done).not.toContain(9);
  });
});
