import { ActionIcon, Button, Group, Popover } from "@mantine/core";
import { IconFilterPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";

import classes from "./FilterBar.module.css";
import { FilterForm } from "./FilterForm";
import { filterText } from "./filter_text";
import type { SessionFilter } from "./session_filter";

interface Props {
  filters: readonly SessionFilter[];
  onChange: (filters: SessionFilter[]) => void;
}

/** The filters as chips: a click changes one, its cross takes it away. */
export function FilterBar({ filters, onChange }: Props) {
  // The place of the filter whose form is open; that after the last one is a new filter's.
  const [open, setOpen] = useState<number>();
  const close = () => setOpen(undefined);
  const put = (place: number, filter: SessionFilter) => {
    onChange(filters.toSpliced(place, 1, filter));
    close();
  };
  return (
    <Group gap={6} role="group" aria-label="Filters">
      {filters.map((filter, place) => (
        <span key={`${place} ${filterText(filter)}`} className={classes.chip}>
          <Popover opened={open === place} onDismiss={close} trapFocus withinPortal>
            <Popover.Target>
              <button type="button" className={classes.words} onClick={() => setOpen(place)}>
                {filterText(filter)}
              </button>
            </Popover.Target>
            <Popover.Dropdown aria-label="Filter">
              <FilterForm initial={filter} onApply={(changed) => put(place, changed)} />
            </Popover.Dropdown>
          </Popover>
          <ActionIcon
            size="xs"
            aria-label={`Remove the filter ${filterText(filter)}`}
            onClick={() => onChange(filters.toSpliced(place, 1))}
          >
            <IconX size={12} />
          </ActionIcon>
        </span>
      ))}
      <Popover opened={open === filters.length} onDismiss={close} trapFocus withinPortal>
        <Popover.Target>
          <Button
            variant="default"
            leftSection={<IconFilterPlus size={14} aria-hidden />}
            onClick={() => setOpen(open === filters.length ? undefined : filters.length)}
          >
            Filter
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Filter">
          <FilterForm onApply={(filter) => put(filters.length, filter)} />
        </Popover.Dropdown>
      </Popover>
    </Group>
  );
}
