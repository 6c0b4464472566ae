import { CloseButton, Group, Text } from "@mantine/core";

import { visible } from "@/text/visible";

interface Props {
  /** The filter in words: "Tags contains beta". */
  text: string;
  onRemove: () => void;
}

/** An active filter with a button to remove it. */
export function FilterChip({ text, onRemove }: Props) {
  const shown = visible(text);
  return (
    <Group gap={2} wrap="nowrap" pl={8} pr={2} bd="1px solid var(--app-border)" bdrs="sm" h={30}>
      <Text span inherit className="one-line" title={shown} maw={320}>
        {shown}
      </Text>
      <CloseButton size="xs" aria-label={`Remove filter ${shown}`} onClick={onRemove} />
    </Group>
  );
}
