import { Button, Group } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface Props {
  /** A summary on the left, e.g. the number of rows. */
  children?: ReactNode;
  /** Undefined if there is no such page. */
  onPrevious?: () => void;
  onNext?: () => void;
  previousLabel?: string;
}

/** Buttons for the previous and next page of a list. */
export function KeysetPager({ children, onPrevious, onNext, previousLabel = "Previous" }: Props) {
  return (
    <Group justify="space-between" gap="xs" mih={30}>
      <div className="tabular">{children}</div>
      <Group gap={4}>
        <Button
          variant="default"
          leftSection={<IconChevronLeft size={14} aria-hidden />}
          disabled={!onPrevious}
          onClick={onPrevious}
        >
          {previousLabel}
        </Button>
        <Button
          variant="default"
          rightSection={<IconChevronRight size={14} aria-hidden />}
          disabled={!onNext}
          onClick={onNext}
        >
          Next
        </Button>
      </Group>
    </Group>
  );
}
