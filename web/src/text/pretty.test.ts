import { describe, expect, it } from "vitest";

import { pretty } from "./pretty";

describe("pretty", () => {
  it("indents objects and lists, also those that are text", () => {
    const value = { a: [1, { b: 'x, {y}: [\\"]' }], c: {}, d: [], e: null };
    expect(pretty(value)).toBe(JSON.stringify(value, null, 2));
    expect(pretty(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
  });

  it("changes no number", () => {
    expect(pretty('{"id":12345678901234567890,"price":1.0,"small":1e-7}')).toBe(
      '{\n  "id": 12345678901234567890,\n  "price": 1.0,\n  "small": 1e-7\n}',
    );
  });

  it("leaves all other text as it is", () => {
    for (const text of ["plain", "12345678901234567890", "1.0", '"quoted"', "null", "{not JSON"]) {
      expect(pretty(text)).toBe(text);
    }
  });

  it("shows letters that were written as escapes", () => {
    expect(pretty('["caf\\u00e9\\n"]')).toBe('[\n  "café\\n"\n]');
  });

  it("stands long text and deep lists", () => {
    const long = JSON.stringify(["x".repeat(4_000_000)]);
    expect(pretty(long)).toHaveLength(long.length + 4);
    const deep = "[".repeat(5_000) + "]".repeat(5_000);
    expect(pretty(deep).length).toBeLessThan(1_000_000);
  });
});
