import { Badge, Group } from "@mantine/core";

import { visible } from "@/text/visible";

interface Props {
  tags: readonly string[];
  /** On as many lines as it takes, rather than on one that is cut. */
  isWrapping?: boolean;
}

/** Tags that are read, not edited. */
export function Tags({ tags, isWrapping = false }: Props) {
  return (
    <Group gap={4} wrap={isWrapping ? "wrap" : "nowrap"} title={visible(tags.join(", "))}>
      {tags.map((tag) => (
        <Badge key={tag} size="sm" variant="default" tt="none" fw={450} radius="sm">
          {visible(tag)}
        </Badge>
      ))}
    </Group>
  );
}
