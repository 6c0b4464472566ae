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

/** Names of attributes that contain the input or output of a span. */
const CONTENT_ATTRIBUTES =
  /input|output|prompt|completion|message|argument|result|response\.|request\.body/i;

interface Props {
  span: SpanDetail;
  format?: MessageFormat;
  onFormat: (format: MessageFormat) => void;
}

/** The input and output of a span, in three formats. */
export function SpanMessages({ span, format = "messages", onFormat }: Props) {
  return (
    <Stack gap="sm">
      <SegmentedControl
        data={MESSAGE_FORMATS.map((value) => ({ value, label: NAMES[value] }))}
        value={format}
        onChange={onFormat}
        aria-label="Format"
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
      {messages.length === 0 && <Text c="dimmed">No messages recognized. See Raw.</Text>}
      {messages.length > 0 && format === "json" && <JsonBlock value={messages} label={name} />}
      {format === "messages" && (
        <Stack gap={6}>
          {messages.map((message, index) => (
            <div key={index} className={classes.message}>
              <span className={classes.role}>{visible(message.role)}</span>
              {message.content.map((part, partIndex) => (
                <PartBlock key={partIndex} part={part} />
              ))}
            </div>
          ))}
        </Stack>
      )}
    </section>
  );
}

function Raw({ span }: { span: SpanDetail }) {
  const attributes = Object.entries(span.attributes).filter(([name]) =>
    CONTENT_ATTRIBUTES.test(name),
  );
  if (attributes.length === 0) return <Text c="dimmed">No input or output captured</Text>;
  return attributes.map(([name, value]) => (
    <section key={name}>
      <Text ff="monospace" fz="xs" c="dimmed">
        {visible(name)}
      </Text>
      <JsonBlock value={value} label={name} isRaw />
    </section>
  ));
}
