import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import type { Header } from "@tanstack/react-table";
import type { KeyboardEvent } from "react";

import classes from "./DataTable.module.css";
import type { DataColumn, FEATURES } from "./data_column";

interface Props<Row extends object> {
  header: Header<typeof FEATURES, Row>;
  column: DataColumn<Row> | undefined;
  width: number;
  direction: false | "asc" | "desc";
  onResize: (width: number) => void;
}

const KEY_STEP = 16;
const MIN_WIDTH = 48;
const ARIA_SORT = { asc: "ascending", desc: "descending" } as const;

/** The head of a column: a click sorts; the right edge, or Alt with arrow keys, resizes. */
export function HeadCell<Row extends object>(props: Props<Row>) {
  const { header, column, width, direction, onResize } = props;
  const pressed = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -KEY_STEP, ArrowRight: KEY_STEP }[event.key];
    if (!event.altKey || !step) return;
    event.preventDefault();
    onResize(Math.max(width + step, MIN_WIDTH));
  };
  const Arrow = direction === "asc" ? IconArrowUp : IconArrowDown;
  return (
    <th
      scope="col"
      className={classes.headCell}
      data-align={column?.align}
      aria-sort={direction ? ARIA_SORT[direction] : undefined}
    >
      {header.column.getCanSort() ? (
        <button
          type="button"
          className={classes.sort}
          title={column?.hint}
          onClick={header.column.getToggleSortingHandler()}
          onKeyDown={pressed}
        >
          <span className="one-line">{column?.header}</span>
          {direction && <Arrow size={12} aria-hidden />}
        </button>
      ) : (
        <span className="one-line" title={column?.hint}>
          {column?.header}
        </span>
      )}
      <div
        className={classes.edge}
        aria-hidden
        onMouseDown={header.getResizeHandler()}
        onTouchStart={header.getResizeHandler()}
        onDoubleClick={() => header.column.resetSize()}
      />
    </th>
  );
}
