import { Fold } from "./Fold";
import { JsonBlock } from "./JsonBlock";
import { MediaBlock } from "./MediaBlock";
import type { Part, ToolResult } from "./part";
import { TextBlock } from "./TextBlock";
import { ToolBlock } from "./ToolBlock";

interface Props {
  part: Part;
  /** The result of a tool call, if known. */
  result?: ToolResult;
}

/** One part of a message. */
export function PartBlock({ part, result }: Props) {
  switch (part.type) {
    case "text":
      return <TextBlock text={part.text} />;
    case "reasoning":
      return (
        <Fold summary="Reasoning">
          <TextBlock text={part.text} />
        </Fold>
      );
    case "tool_call":
      return <ToolBlock call={part} result={result} />;
    case "tool_result":
      return <ToolBlock result={part} />;
    case "image":
    case "audio":
    case "file":
      return <MediaBlock part={part} />;
    case "json":
      return <JsonBlock value={part.value} label="Content as JSON" />;
  }
}
