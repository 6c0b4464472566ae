import { ActionIcon, Button, Checkbox, Popover, ScrollArea, Stack } from "@mantine/core";
import { IconColumns3 } from "@tabler/icons-react";

import type { DataColumn } from "./data_column";
import type { TableOf } from "./use_data_table";

interface Props<Row extends object> {
  table: TableOf<Row>;
  columns: readonly DataColumn<Row>[];
}

/** A menu to show and hide columns. */
export function ColumnChoice<Row extends object>({ table, columns }: Props<Row>) {
  const reset = () => {
    table.setColumnSizing({});
    table.setColumnVisibility(
      Object.fromEntries(columns.map(({ id, isHidden }) => [id, !isHidden])),
    );
  };
  return (
    <Popover position="bottom-end" withinPortal trapFocus>
      <Popover.Target>
        <ActionIcon size="sm" aria-label="Choose columns">
          <IconColumns3 size={14} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label="Choose columns">
        <ScrollArea.Autosize mah="60vh">
          <Stack gap={8}>
            {table.getAllLeafColumns().map((column) => (
              <Checkbox
                key={column.id}
                size="xs"
                label={columns.find(({ id }) => id === column.id)?.header}
                checked={column.getIsVisible()}
                onChange={(event) => column.toggleVisibility(event.currentTarget.checked)}
              />
            ))}
          </Stack>
        </ScrollArea.Autosize>
        <Button variant="subtle" size="compact-xs" mt="xs" onClick={reset}>
          Reset columns
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
