import { CloseButton, Group, Text } from "@mantine/core";

import { visible } from "@/text/visible";

interface Props {
  /** The filter as people read it: "Tags contains beta". */
  words: string;
  onRemove: () => void;
}

/** A filter that holds, to be taken away. */
export function FilterChip({ words, onRemove }: Props) {
  const shown = visible(words);
  return (
    <Group gap={2} wrap="nowrap" pl={8} pr={2} bd="1px solid var(--app-border)" bdrs="sm" h={30}>
      <Text span inherit className="one-line" title={shown} maw={320}>
        {shown}
      </Text>
      <CloseButton size="xs" aria-label={`Without ${shown}`} onClick={onRemove} />
    </Group>
  );
}
