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

/** The active filters as chips to edit and remove, and a button to add one. */
export function FilterBar({ filters, onChange }: Props) {
  // The index of the filter whose form is open; the one after the last is a new filter.
  const [open, setOpen] = useState<number>();
  const close = () => setOpen(undefined);
  const put = (index: number, filter: SessionFilter) => {
    onChange(filters.toSpliced(index, 1, filter));
    close();
  };
  return (
    <Group gap={6} role="group" aria-label="Filters">
      {filters.map((filter, index) => (
        <span key={`${index} ${filterText(filter)}`} className={classes.chip}>
          <Popover opened={open === index} onDismiss={close} trapFocus withinPortal>
            <Popover.Target>
              <button type="button" className={classes.text} onClick={() => setOpen(index)}>
                {filterText(filter)}
              </button>
            </Popover.Target>
            <Popover.Dropdown aria-label="Filter">
              <FilterForm initial={filter} onApply={(changed) => put(index, changed)} />
            </Popover.Dropdown>
          </Popover>
          <ActionIcon
            size="xs"
            aria-label={`Remove filter ${filterText(filter)}`}
            onClick={() => onChange(filters.toSpliced(index, 1))}
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
