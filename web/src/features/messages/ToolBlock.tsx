import { visible } from "@/text/visible";
import { Fold } from "./Fold";
import { JsonBlock } from "./JsonBlock";
import classes from "./messages.module.css";
import type { ToolCall, ToolResult } from "./part";

interface Props {
  call?: ToolCall;
  result?: ToolResult;
  error?: string;
}

/** A collapsed tool call with its result; either may be missing. */
export function ToolBlock({ call, result, error }: Props) {
  const name = call?.name ?? result?.name ?? "tool";
  return (
    <Fold
      summary={
        <>
          <b>{visible(name)}</b>{" "}
          <span className={classes.hint}>
            {call ? (result ? "call and result" : "call") : "result"}
            {call?.arguments !== undefined && ` · ${visible(brief(call.arguments))}`}
          </span>
        </>
      }
    >
      {call && (
        <>
          <span className={classes.hint}>Arguments</span>
          <JsonBlock value={call.arguments ?? {}} label={`Arguments of ${name}`} />
        </>
      )}
      {result && (
        <>
          <span className={classes.hint}>Result</span>
          <JsonBlock value={result.result ?? ""} label={`Result of ${name}`} />
        </>
      )}
      {error && <JsonBlock value={error} label={`Error of ${name}`} />}
    </Fold>
  );
}

function brief(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
