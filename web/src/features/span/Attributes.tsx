import { Stack, Text, TextInput, Title } from "@mantine/core";
import { useMemo, useState } from "react";

import { LongText } from "@/features/messages/LongText";
import { counted } from "@/format/count";
import { pretty } from "@/text/pretty";
import { visible } from "@/text/visible";
import type { SpanDetail } from "./span_data";
import classes from "./span.module.css";

/** The attributes of a span and of its resource, searchable by name and value. */
export function Attributes({ span }: { span: SpanDetail }) {
  const [search, setSearch] = useState("");
  return (
    <Stack gap="sm">
      <TextInput
        aria-label="Search attributes"
        placeholder="Search names and values"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <AttributeTable attributes={span.attributes} search={search} />
      <Title order={3} fz="sm" fw={600}>
        Resource attributes
      </Title>
      <AttributeTable attributes={span.resource_attributes} search={search} />
      {span.dropped_attributes_count !== undefined && (
        <Text c="dimmed">
          {counted(span.dropped_attributes_count, "attribute")} dropped by the client.
        </Text>
      )}
      {span.truncated_attributes && (
        <Text c="dimmed">Truncated: {span.truncated_attributes.join(", ")}</Text>
      )}
    </Stack>
  );
}

interface Props {
  attributes: Record<string, unknown>;
  search: string;
}

export function AttributeTable({ attributes, search }: Props) {
  const query = search.trim().toLowerCase();
  const all = useMemo(
    () =>
      Object.entries(attributes)
        .map(([name, value]) => [name, pretty(value)] as const)
        .sort(([one], [other]) => one.localeCompare(other)),
    [attributes],
  );
  const found = all.filter(([name, text]) => `${name}\n${text}`.toLowerCase().includes(query));
  if (found.length === 0) return <Text c="dimmed">{query ? "No matches" : "None"}</Text>;
  return (
    <table className={classes.attributes}>
      <tbody>
        {found.map(([name, text]) => (
          <tr key={name}>
            <th scope="row">{visible(name)}</th>
            <td>
              <LongText
                className={classes.value}
                text={text}
                tabIndex={text.length > 400 ? 0 : undefined}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
