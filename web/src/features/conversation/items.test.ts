import { describe, expect, it } from "vitest";

import type { Turn } from "./turn";
import { itemsOf } from "./items";

function turn(id: string, role: string, content: Turn["content"], at = 0): Turn {
  const time = new Date(Date.UTC(2026, 0, 1) + at).toISOString();
  return {
    id,
    trace_id: "t",
    span_id: "s",
    role,
    content,
    started_at: time,
    ended_at: time,
    duration: 0,
    is_error: false,
  };
}

const CALL = { type: "tool_call", id: "1", name: "find", arguments: {} } as const;
const RESULT = { type: "tool_result", id: "1", name: "find", result: "found" } as const;

describe("itemsOf", () => {
  it("shows a result only at its call", () => {
    const items = itemsOf([turn("a", "assistant", [CALL]), turn("b", "tool", [RESULT])]);
    expect(items).toHaveLength(1);
    expect(items[0]?.type === "turn" && items[0].results.get(CALL)).toBe(RESULT);
  });

  it("shows a result without a call, and a failed result", () => {
    expect(itemsOf([turn("b", "tool", [RESULT])])).toHaveLength(1);
    const failed = { ...turn("b", "tool", [RESULT]), is_error: true };
    expect(itemsOf([turn("a", "assistant", [CALL]), failed])).toHaveLength(2);
  });

  it("matches results without ids to the calls of the same tool in order", () => {
    const calls = [1, 2].map((n) => ({ type: "tool_call" as const, name: "find", arguments: n }));
    const answers = [1, 2].map((n) => ({ type: "tool_result" as const, name: "find", result: n }));
    const [item] = itemsOf([turn("a", "assistant", calls), turn("b", "tool", answers)]);
    expect(item?.type === "turn" && calls.map((call) => item.results.get(call)?.result)).toEqual([
      1, 2,
    ]);
  });

  it("marks long pauses", () => {
    const content = [{ type: "text" as const, text: "hi" }];
    const items = itemsOf([turn("a", "user", content), turn("b", "user", content, 7_200_000)]);
    expect(items.map((item) => item.type)).toEqual(["turn", "gap", "turn"]);
  });
});
