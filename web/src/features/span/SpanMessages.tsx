import { SegmentedControl, Stack, Text, Title } from "@mantine/core";

import type { Schema } from "@/api/client";
import { JsonBlock } from "@/features/messages/JsonBlock";
import { PartBlock } from "@/features/messages/PartBlock";
import { visible } from "@/text/visible";
import type { SpanDetail } from "./span_data";
import { MESSAGE_FORMATS, type MessageFormat } from "./span_search";
import classes from "./span.module.css";

type Message = Schema<"MessageBody">;

const NAMES: Record<MessageFormat, string> = { messages: "Messages", json: "JSON", raw: "Raw" };

/** Names of attributes that tell what a span was given or answered. */
const TEXTS = /input|output|prompt|completion|message|argument|result|response\.|request\.body/i;

interface Props {
  span: SpanDetail;
  format?: MessageFormat;
  onFormat: (format: MessageFormat) => void;
}

/** What a span was given and what it answered, in three formats. */
export function SpanMessages({ span, format = "messages", onFormat }: Props) {
  return (
    <Stack gap="sm">
      <SegmentedControl
        data={MESSAGE_FORMATS.map((value) => ({ value, label: NAMES[value] }))}
        value={format}
        onChange={onFormat}
        aria-label="How to show it"
        w="fit-content"
      />
      {format === "raw" ? (
        <Raw span={span} />
      ) : (
        <>
          <Messages name="Input" messages={span.input} format={format} />
          <Messages name="Output" messages={span.output} format={format} />
        </>
      )}
    </Stack>
  );
}

interface MessagesProps {
  name: string;
  messages: readonly Message[];
  format: MessageFormat;
}

function Messages({ name, messages, format }: MessagesProps) {
  return (
    <section>
      <Title order={3} fz="sm" fw={600} mb={4}>
        {name}
      </Title>
      {messages.length === 0 && <Text c="dimmed">None that can be read; see Raw.</Text>}
      {messages.length > 0 && format === "json" && <JsonBlock value={messages} label={name} />}
      {format === "messages" && (
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
