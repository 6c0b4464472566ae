import { Text, UnstyledButton } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import { memo, useState } from "react";

import { Duration } from "@/components/Duration";
import { Figure } from "@/components/Figure";
import { Money } from "@/components/Money";
import { compactCount } from "@/format/count";
import { clockTime, exactTime } from "@/format/time";
import { JsonBlock } from "@/features/messages/JsonBlock";
import { PartBlock } from "@/features/messages/PartBlock";
import type { Part } from "@/features/messages/part";
import { visible } from "@/text/visible";
import type { Item } from "./items";
import type { Turn } from "./turn";
import classes from "./conversation.module.css";

interface Props {
  item: Item & { type: "turn" };
  hasText: boolean;
  onOpenSpan?: (traceId: string, spanId: string) => void;
}

/** One message with its role, model, cost, tokens and time. */
export const TurnView = memo(function TurnView({ item, hasText, onOpenSpan }: Props) {
  const { turn, parts, results } = item;
  const [isRaw, setRaw] = useState(false);
  const rawLabel = isRaw ? "Show message" : "Show raw message";
  return (
    <article className={classes.turn} data-role={turn.role} data-error={turn.is_error || undefined}>
      <div className={classes.head}>
        <div className={classes.role}>
          <span>{visible(turn.role)}</span>
          {hasText && (
            <UnstyledButton
              fz="xs"
              c="dimmed"
              aria-pressed={isRaw}
              aria-label={rawLabel}
              title={rawLabel}
              onClick={() => setRaw(!isRaw)}
            >
              <IconBraces size={13} />
            </UnstyledButton>
          )}
        </div>
        <Facts turn={turn} onOpen={onOpenSpan && (() => onOpenSpan(turn.trace_id, turn.span_id))} />
      </div>
      <div className={classes.content}>
        {isRaw ? (
          <JsonBlock value={turn.content} label="Raw message" />
        ) : (
          parts.map((part, index) =>
            hasText ? (
              <PartBlock key={index} part={part} result={results.get(part)} />
            ) : (
              <PartName key={index} part={part} />
            ),
          )
        )}
        {turn.is_error && <pre className={classes.error}>{visible(turn.error ?? "Failed")}</pre>}
      </div>
    </article>
  );
});

function Facts({ turn, onOpen }: { turn: Turn; onOpen?: () => void }) {
  const { prompt_tokens: input = 0, completion_tokens: output = 0, total_cost: cost } = turn;
  const unpricedCalls = turn.unpriced_calls_count ?? 0;
  const isCall = cost !== undefined;
  return (
    <div className={classes.facts}>
      {isCall && (
        <>
          {turn.model && <span className="one-line">{visible(turn.model)}</span>}
          {(cost > 0 || unpricedCalls > 0) && (
            <Money dollars={cost} unpricedCalls={unpricedCalls} />
          )}
          <span className="tabular" title="Input and output tokens">
            {compactCount(input)} → {compactCount(output)}
          </span>
          <Duration ms={turn.duration} />
        </>
      )}
      {turn.started_at && (
        <Figure hint={exactTime(turn.started_at)}>{clockTime(turn.started_at)}</Figure>
      )}
      {onOpen && (
        <UnstyledButton fz="xs" td="underline" onClick={onOpen}>
          Open span
        </UnstyledButton>
      )}
    </div>
  );
}

const NAMES: Record<Part["type"], string> = {
  text: "Text",
  reasoning: "Reasoning",
  tool_call: "Tool call",
  tool_result: "Tool result",
  image: "Image",
  audio: "Audio",
  file: "File",
  json: "Data",
};

/** The type of a message part, shown in place of its content. */
function PartName({ part }: { part: Part }) {
  const tool = "name" in part && typeof part.name === "string" ? `: ${visible(part.name)}` : "";
  return (
    <Text c="dimmed" size="xs">
      {NAMES[part.type] + tool}
    </Text>
  );
}
