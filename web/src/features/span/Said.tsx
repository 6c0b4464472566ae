import { SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";

import type { Schema } from "@/api/client";
import { JsonBlock } from "@/features/messages/JsonBlock";
import { PartBlock } from "@/features/messages/PartBlock";
import { visible } from "@/text/visible";
import type { SpanDetail } from "./span_query";
import classes from "./span.module.css";

type Message = Schema<"MessageBody">;

const VIEWS = ["Messages", "JSON", "Raw"] as const;
type View = (typeof VIEWS)[number];

/** Names of attributes that tell what a span was given or answered. */
const TEXTS = /input|output|prompt|completion|message|argument|result|response\.|request\.body/i;

/** What a span was given and what it answered, in three ways. */
export function Said({ span }: { span: SpanDetail }) {
  const [view, setView] = useState<View>("Messages");
  return (
    <Stack gap="sm">
      <SegmentedControl
        data={[...VIEWS]}
        value={view}
        onChange={(name) => setView(name)}
        aria-label="How to show it"
        w="fit-content"
      />
      {view === "Raw" ? (
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
  view: View;
}

function Messages({ name, messages, view }: Props) {
  return (
    <section>
      <Title order={3} fz="sm" fw={600} mb={4}>
        {name}
      </Title>
      {messages.length === 0 && <Text c="dimmed">None that can be read; see Raw.</Text>}
      {messages.length > 0 && view === "JSON" && <JsonBlock value={messages} label={name} />}
      {view === "Messages" && (
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
