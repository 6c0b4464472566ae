import {
  type ColumnDef,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createSortedRowModel,
  rowSelectionFeature,
  rowSortingFeature,
  sortFn_basic,
  tableFeatures,
} from "@tanstack/react-table";
import type { ReactNode } from "react";

/** A column of a DataTable. Define columns outside of the component, or memoise them. */
export interface DataColumn<Row> {
  /** Key of the stored column settings and, if the server sorts, the sort key. */
  id: string;
  /** Short name, shown in the head and in the column menu. */
  header: string;
  /** Tooltip of the head. */
  hint?: string;
  cell: (row: Row) => ReactNode;
  /** The value to sort by in the browser; if the server sorts, set `isSortable` instead. */
  value?: (row: Row) => string | number | undefined;
  isSortable?: boolean;
  /** For numbers. */
  align?: "right";
  /** Default width in pixels. */
  width?: number;
  /** Takes the remaining width; at most one column per table. */
  isGrowing?: boolean;
  /** Hidden by default. */
  isHidden?: boolean;
}

export const FEATURES = tableFeatures({
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  rowSelectionFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
});

export const DEFAULT_WIDTH = 110;
const MIN_WIDTH = 48;

/** The TanStack Table definition of a column. */
export function definitionOf<Row extends object>(
  column: DataColumn<Row>,
  isServerSorted: boolean,
): ColumnDef<typeof FEATURES, Row> {
  return {
    id: column.id,
    header: column.header,
    accessorFn: (row: Row) => column.value?.(row),
    cell: ({ row }) => column.cell(row.original),
    size: column.width ?? DEFAULT_WIDTH,
    minSize: MIN_WIDTH,
    enableSorting: isServerSorted ? (column.isSortable ?? false) : column.value !== undefined,
    sortDescFirst: column.align === "right",
    sortUndefined: "last",
    sortFn: sortFn_basic,
  };
}
