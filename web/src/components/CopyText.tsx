import { Group, Text } from "@mantine/core";

import { visible } from "@/text/visible";
import { CopyButton } from "./CopyButton";

interface Props {
  value: string;
  what: string;
}

/** An identifier, truncated if too long, with a button that copies all of it. */
export function CopyText({ value, what }: Props) {
  return (
    <Group gap={2} wrap="nowrap" miw={0} display="inline-flex">
      <Text span inherit ff="monospace" fz="xs" className="one-line" title={visible(value)}>
        {visible(value)}
      </Text>
      <CopyButton value={value} what={what} />
    </Group>
  );
}
