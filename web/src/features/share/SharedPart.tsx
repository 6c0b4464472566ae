import { Text } from "@mantine/core";

import classes from "./SharedPage.module.css";
import type { Turn } from "./shared_data";

type Part = Turn["content"][number];

const NAMES: Record<Part["type"], string> = {
  text: "Text",
  reasoning: "Reasoning",
  tool_call: "Asks for a tool",
  tool_result: "Result of a tool",
  image: "An image",
  audio: "A sound",
  file: "A file",
  json: "Data",
};

/** A part of what was said, as text; without messages, what kind of part it is. */
export function SharedPart({ part, withMessages }: { part: Part; withMessages: boolean }) {
  if (withMessages && part.type === "text") return <p className={classes.text}>{part.text}</p>;
  const tool = "name" in part && typeof part.name === "string" ? `: ${part.name}` : "";
  return (
    <>
      <Text c="dimmed" size="xs" mt={4}>
        {NAMES[part.type] + tool}
      </Text>
      {withMessages && <Content part={part} />}
    </>
  );
}

function Content({ part }: { part: Part }) {
  switch (part.type) {
    case "text":
    case "reasoning":
      return <p className={classes.text}>{part.text}</p>;
    case "tool_call":
      return <pre className={classes.json}>{asText(part.arguments)}</pre>;
    case "tool_result":
      return <pre className={classes.json}>{asText(part.result)}</pre>;
    case "json":
      return <pre className={classes.json}>{asText(part.value)}</pre>;
    default:
      return null;
  }
}

function asText(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
