import { Button, Group } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface Props {
  /** What is shown, e.g. how many there are. */
  children?: ReactNode;
  /** None where there is no such page. */
  onPrevious?: () => void;
  onNext?: () => void;
  previousLabel?: string;
}

/** Beneath a list: the page before and the one after. */
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
