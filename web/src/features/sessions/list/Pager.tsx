import { ActionIcon, Group, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";

import { count } from "@/format/count";

interface Props {
  /** The number of rows before this page. */
  skipped: number;
  rows: number;
  /** The number of rows on all pages; undefined while counting. */
  total: number | undefined;
  onPrevious?: () => void;
  onNext?: () => void;
}

/** `1–50 of 12,345` with buttons for the previous and next page. */
export function Pager({ skipped, rows, total, onPrevious, onNext }: Props) {
  const range = rows === 0 ? "0" : `${count(skipped + 1)}–${count(skipped + rows)}`;
  return (
    <Group gap={4} role="navigation" aria-label="Pagination">
      <Text c="dimmed" size="xs" className="tabular" mr={4}>
        {total === undefined ? range : `${range} of ${count(total)}`}
      </Text>
      <ActionIcon size="sm" aria-label="Previous page" disabled={!onPrevious} onClick={onPrevious}>
        <IconChevronLeft size={14} />
      </ActionIcon>
      <ActionIcon size="sm" aria-label="Next page" disabled={!onNext} onClick={onNext}>
        <IconChevronRight size={14} />
      </ActionIcon>
    </Group>
  );
}
