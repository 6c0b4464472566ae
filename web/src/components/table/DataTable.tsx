import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";

import { LoadingRows } from "../LoadingRows";
import classes from "./DataTable.module.css";
import { TableHead } from "./TableHead";
import { TableRow } from "./TableRow";
import { useActiveRow } from "./active_row";
import { type TableOptions, useDataTable } from "./use_data_table";

interface Props<Row> extends TableOptions<Row> {
  /** Accessible name of the table. */
  label: string;
  /** Called on a click on the row or Enter. One of the cells should contain a real link as well. */
  onOpen?: (row: Row) => void;
  isLoading?: boolean;
  /** Shown if there are no rows. */
  empty?: ReactNode;
  /** Maximum height, e.g. "60vh"; without it, the table fills the rest of the page. */
  maxHeight?: string;
  /** Whether `j`, `k` and Enter control this table; at most one per page. */
  hasKeys?: boolean;
}

const ROW_HEIGHT = 34;
const OVERSCAN = 12;

/** A virtualised table with sorting, selection, and resizable and optional columns. */
export function DataTable<Row extends object>(props: Props<Row>) {
  const { label, rows, columns, onOpen, isLoading, empty, maxHeight, hasKeys = true } = props;
  const table = useDataTable(props);
  const scroller = useRef<HTMLDivElement>(null);
  const shown = table.getRowModel().rows;
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => shown[index]?.id ?? index,
    overscan: OVERSCAN,
    scrollPaddingStart: ROW_HEIGHT,
  });
  const active = useActiveRow({ rows: shown, scroller, virtualizer, onOpen, isEnabled: hasKeys });
  const items = virtualizer.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);

  return (
    <div
      ref={scroller}
      className={classes.scroller}
      data-filling={maxHeight === undefined || undefined}
      style={{ maxHeight }}
      role="region"
      aria-label={label}
      aria-busy={isLoading}
      tabIndex={0}
    >
      <table
        className={classes.table}
        style={{ minWidth: table.getTotalSize() }}
        aria-rowcount={shown.length + 1}
      >
        <TableHead table={table} columns={columns} hasSelection={props.onSelect !== undefined} />
        <tbody>
          <Spacer height={above} />
          {items.map(({ index, key }) => {
            const row = shown[index];
            return (
              row && (
                <TableRow
                  key={key}
                  row={row}
                  index={index}
                  columns={columns}
                  isActive={row.id === active}
                  hasSelection={props.onSelect !== undefined}
                  onOpen={onOpen}
                />
              )
            );
          })}
          <Spacer height={below} />
        </tbody>
      </table>
      {isLoading && rows.length === 0 && <LoadingRows count={12} />}
      {!isLoading && rows.length === 0 && <div className={classes.empty}>{empty}</div>}
    </div>
  );
}

/** Takes the height of the rows that are out of view. */
function Spacer({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden className={classes.spacer}>
      <td style={{ height }} />
    </tr>
  );
}
