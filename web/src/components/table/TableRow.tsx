import type { Row as TableRowOf } from "@tanstack/react-table";
import type { MouseEvent } from "react";

import { CheckBox } from "./CheckBox";
import classes from "./DataTable.module.css";
import type { DataColumn, FEATURES } from "./data_column";

interface Props<Row extends object> {
  row: TableRowOf<typeof FEATURES, Row>;
  index: number;
  columns: readonly DataColumn<Row>[];
  isActive: boolean;
  hasSelection: boolean;
  onOpen?: (row: Row) => void;
}

export function TableRow<Row extends object>(props: Props<Row>) {
  const { row, index, columns, isActive, hasSelection, onOpen } = props;
  const clicked = (event: MouseEvent) => {
    if (onOpen && !isOnWidget(event)) onOpen(row.original);
  };
  return (
    <tr
      tabIndex={-1}
      className={classes.row}
      data-index={index}
      data-active={isActive || undefined}
      data-selected={row.getIsSelected() || undefined}
      data-opens={onOpen !== undefined || undefined}
      aria-rowindex={index + 2}
      onClick={clicked}
    >
      {hasSelection && (
        <td className={classes.check}>
          <CheckBox
            label="Select row"
            isChecked={row.getIsSelected()}
            onChange={row.getToggleSelectedHandler()}
          />
        </td>
      )}
      {row.getVisibleCells().map((cell) => {
        const column = columns.find(({ id }) => id === cell.column.id);
        return (
          <td key={cell.id} className={classes.cell} data-align={column?.align}>
            {column?.cell(row.original)}
          </td>
        );
      })}
      <td />
    </tr>
  );
}

/** Whether the click is for a link, button or checkbox in the row, or selects text. */
function isOnWidget({ target }: MouseEvent): boolean {
  const isWidget = target instanceof Element && target.closest("a, button, input, label") !== null;
  return isWidget || (window.getSelection()?.toString() ?? "") !== "";
}
