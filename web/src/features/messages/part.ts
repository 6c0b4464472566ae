import type { Schema } from "@/api/client";

/** A part of a message in the API's format. */
export type Part = Schema<"TurnBody">["content"][number];
export type ToolCall = Schema<"ToolCallPart">;
export type ToolResult = Schema<"ToolResultPart">;
