import type { Part, ToolResult } from "@/features/messages/part";
import type { Turn } from "./turn";

/** One item of a conversation: a turn, or a long gap between turns. */
export type Item =
  | { type: "turn"; turn: Turn; parts: Part[]; results: ReadonlyMap<Part, ToolResult> }
  | { type: "gap"; id: string; ms: number };

const MIN_GAP_MS = 5 * 60_000;

/** Turns with each tool result attached to its call, and the long gaps between turns. */
export function itemsOf(turns: readonly Turn[]): Item[] {
  const items: Item[] = [];
  const results = new Map<Part, ToolResult>();
  const waiting: (Part & { type: "tool_call" })[] = [];
  let endedMs = Infinity;
  for (const turn of turns) {
    const parts = turn.content.filter((part) => !attachResult(part, turn, waiting, results));
    for (const part of parts) if (part.type === "tool_call") waiting.push(part);
    // A result shown at its call is not a separate turn.
    if (parts.length === 0 && turn.content.length > 0 && !turn.is_error) continue;
    const startedMs = Date.parse(turn.started_at);
    if (startedMs - endedMs >= MIN_GAP_MS) {
      items.push({ type: "gap", id: `gap-${turn.id}`, ms: startedMs - endedMs });
    }
    items.push({ type: "turn", turn, parts, results });
    endedMs = Math.max(Number.isFinite(endedMs) ? endedMs : 0, Date.parse(turn.ended_at));
  }
  return items;
}

/** Attach a tool result to its call above; false if the part is none or has no call. */
function attachResult(
  part: Part,
  turn: Turn,
  waiting: (Part & { type: "tool_call" })[],
  results: Map<Part, ToolResult>,
): boolean {
  if (part.type !== "tool_result" || turn.is_error) return false;
  const index = waiting.findIndex((call) =>
    part.id && call.id ? call.id === part.id : call.name === part.name,
  );
  const call = waiting[index];
  if (!call) return false;
  results.set(call, part);
  waiting.splice(index, 1);
  return true;
}
