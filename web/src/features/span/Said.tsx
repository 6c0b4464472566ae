import { SegmentedControl, Stack, Text, Title } from "@mantine/core";

import type { Schema } from "@/api/client";
import { JsonBlock } from "@/features/messages/JsonBlock";
import { PartBlock } from "@/features/messages/PartBlock";
import { visible } from "@/text/visible";
import type { SpanDetail } from "./span_query";
import { SAID_VIEWS, type SaidView } from "./span_search";
import classes from "./span.module.css";

type Message = Schema<"MessageBody">;

const NAMES: Record<SaidView, string> = { messages: "Messages", json: "JSON", raw: "Raw" };

/** Names of attributes that tell what a span was given or answered. */
const TEXTS = /input|output|prompt|completion|message|argument|result|response\.|request\.body/i;

interface SaidProps {
  span: SpanDetail;
  view?: SaidView;
  onView: (view: SaidView) => void;
}

/** What a span was given and what it answered, in three ways. */
export function Said({ span, view = "messages", onView }: SaidProps) {
  return (
    <Stack gap="sm">
      <SegmentedControl
        data={SAID_VIEWS.map((value) => ({ value, label: NAMES[value] }))}
        value={view}
        onChange={onView}
        aria-label="How to show it"
        w="fit-content"
      />
      {view === "raw" ? (
        <Raw span={span} />
      ) : (
        <>
          <Messages name="Input" messages={span.input} view={view} />
          <Messages name="Output" messages={span.output} view={view} />
        </>
      )}
    </Stack>
  );
}

interface Props {
  name: string;
  messages: readonly Message[];
  view: SaidView;
}

function Messages({ name, messages, view }: Props) {
  return (
    <section>
      <Title order={3} fz="sm" fw={600} mb={4}>
        {name}
      </Title>
      {messages.length === 0 && <Text c="dimmed">None that can be read; see Raw.</Text>}
      {messages.length > 0 && view === "json" && <JsonBlock value={messages} label={name} />}
      {view === "messages" && (
        <Stack gap={6}>
          {messages.map((message, index) => (
            <div key={index} className={classes.message}>
              <span className={classes.role}>{visible(message.role)}</span>
              {message.content.map((part, place) => (
                <PartBlock key={place} part={part} />
              ))}
            </div>
          ))}
        </Stack>
      )}
    </section>
  );
}

function Raw({ span }: { span: SpanDetail }) {
  const told = Object.entries(span.attributes).filter(([name]) => TEXTS.test(name));
  if (told.length === 0) return <Text c="dimmed">No attribute tells what was said.</Text>;
  return told.map(([name, value]) => (
    <section key={name}>
      <Text ff="monospace" fz="xs" c="dimmed">
        {visible(name)}
      </Text>
      <JsonBlock value={value} label={name} isRaw />
    </section>
  ));
}
