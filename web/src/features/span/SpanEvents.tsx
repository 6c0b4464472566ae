import { Anchor, Stack, Text, Title } from "@mantine/core";

import { exactTime } from "@/format/time";
import { visible } from "@/text/visible";
import { AttributeTable } from "./Attributes";
import type { SpanDetail } from "./span_data";

interface Props {
  span: SpanDetail;
  onOpen: (traceId: string, spanId: string) => void;
}

/** The events and links of a span. */
export function SpanEvents({ span, onOpen }: Props) {
  return (
    <Stack gap="md">
      {span.events.length === 0 && <Text c="dimmed">No events</Text>}
      {span.events.map((event, index) => (
        <section key={index}>
          <Title order={3} fz="sm" fw={600}>
            {visible(event.name)}{" "}
            <Text span c="dimmed" fz="xs" className="tabular">
              {exactTime(event.time)}
            </Text>
          </Title>
          <AttributeTable attributes={event.attributes} search="" />
        </section>
      ))}
      {span.links.map((link) => (
        <Anchor
          key={`${link.trace_id} ${link.span_id}`}
          component="button"
          ta="left"
          inherit
          onClick={() => onOpen(link.trace_id, link.span_id)}
        >
          Linked span {link.span_id} of trace {link.trace_id}
        </Anchor>
      ))}
    </Stack>
  );
}
