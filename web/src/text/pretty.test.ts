import { describe, expect, it } from "vitest";

import { pretty } from "./pretty";

describe("pretty", () => {
  it("indents objects and lists, also as JSON text", () => {
    const value = { a: [1, { b: 'x, {y}: [\\"]' }], c: {}, d: [], e: null };
    expect(pretty(value)).toBe(JSON.stringify(value, null, 2));
    expect(pretty(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
  });

  it("keeps numbers unchanged", () => {
    expect(pretty('{"id":12345678901234567890,"price":1.0,"small":1e-7}')).toBe(
      '{\n  "id": 12345678901234567890,\n  "price": 1.0,\n  "small": 1e-7\n}',
    );
  });

  it("keeps other text unchanged", () => {
    for (const text of ["plain", "12345678901234567890", "1.0", '"quoted"', "null", "{not JSON"]) {
      expect(pretty(text)).toBe(text);
    }
  });

  it("decodes unicode escapes", () => {
    expect(pretty('["caf\\u00e9\\n"]')).toBe('[\n  "café\\n"\n]');
  });

  it("handles long text and deeply nested lists", () => {
    const long = JSON.stringify(["x".repeat(4_000_000)]);
    expect(pretty(long)).toHaveLength(long.length + 4);
    const deep = "[".repeat(5_000) + "]".repeat(5_000);
    expect(pretty(deep).length).toBeLessThan(1_000_000);
  });
});
