import { describe, expect, it } from "vitest";

import { type SpanColumns, shownSpans, treeOf } from "./span_tree";

function columns(pairs: readonly (readonly [string, string])[]): SpanColumns {
  const none = pairs.map(() => 0);
  const texts = pairs.map(() => "");
  const no = pairs.map(() => false);
  return {
    span_id: pairs.map(([id]) => id),
    parent_span_id: pairs.map(([, parent]) => parent),
    name: texts,
    type: texts,
    started_at: none,
    duration_ms: none,
    is_error: no,
    model: texts,
    total_tokens: none,
    total_cost: none,
    is_counted: no,
    is_unpriced: no,
  };
}

function shown(pairs: readonly (readonly [string, string])[], closed: readonly string[] = []) {
  const tree = treeOf(columns(pairs));
  return [...shownSpans(tree, new Set(closed))].map(
    (index) => `${tree.level[index] ?? -1}${tree.spans.span_id[index] ?? ""}`,
  );
}

describe("treeOf", () => {
  it("orders each span below its parent, siblings by start", () => {
    const pairs = [
      ["a", ""],
      ["b", "a"],
      ["c", "a"],
      ["d", "b"],
      ["e", ""],
    ] as const;
    expect(shown(pairs)).toEqual(["0a", "1b", "2d", "1c", "0e"]);
  });

  it("accepts spans whose parent is missing or comes later", () => {
    expect(
      shown([
        ["b", "a"],
        ["x", "lost"],
        ["a", ""],
      ]),
    ).toEqual(["0x", "0a", "1b"]);
  });

  it("shows spans in a parent cycle once", () => {
    expect(
      shown([
        ["a", "b"],
        ["b", "a"],
        ["c", "c"],
      ]),
    ).toEqual(["0a", "1b", "0c"]);
  });

  it("omits the descendants of a closed span", () => {
    const pairs = [
      ["a", ""],
      ["b", "a"],
      ["c", "b"],
      ["d", "a"],
    ] as const;
    expect(shown(pairs, ["b"])).toEqual(["0a", "1b", "1d"]);
    expect(shown(pairs, ["a"])).toEqual(["0a"]);
  });

  it("handles a chain of 100,000 spans", () => {
    const pairs = Array.from({ length: 100_000 }, (_, n) => [`${n + 1}`, n ? `${n}` : ""] as const);
    const tree = treeOf(columns(pairs));
    expect(tree.level.at(-1)).toBe(99_999);
    expect(tree.below[0]).toBe(99_999);
  });
});
