import type { Schema } from "@/api/client";

/** A piece of a message, as the API tells it. */
export type Part = Schema<"TurnBody">["content"][number];
export type ToolCall = Schema<"ToolCallPart">;
export type ToolResult = Schema<"ToolResultPart">;
