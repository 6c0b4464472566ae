import { Group, Text, Tooltip } from "@mantine/core";

import { CopyButton } from "./CopyButton";

interface Props {
  value: string;
  what: string;
}

/** An identifier, cut where it is too long, with a button that copies all of it. */
export function CopyText({ value, what }: Props) {
  return (
    <Group gap={2} wrap="nowrap" miw={0} display="inline-flex">
      <Tooltip label={value}>
        <Text span inherit ff="monospace" fz="xs" className="one-line">
          {value}
        </Text>
      </Tooltip>
      <CopyButton value={value} what={what} />
    </Group>
  );
}
