import { CloseButton, Group, Text } from "@mantine/core";

interface Props {
  /** The filter as people read it: "Tags contains beta". */
  words: string;
  onRemove: () => void;
}

/** A filter that holds, to be taken away. */
export function FilterChip({ words, onRemove }: Props) {
  return (
    <Group gap={2} wrap="nowrap" pl={8} pr={2} bd="1px solid var(--app-border)" bdrs="sm" h={30}>
      <Text span inherit className="one-line" title={words} maw={320}>
        {words}
      </Text>
      <CloseButton size="xs" aria-label={`Without ${words}`} onClick={onRemove} />
    </Group>
  );
}
