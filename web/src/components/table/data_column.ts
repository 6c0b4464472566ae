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

/** A column of a DataTable. Keep the list of them outside of the component, or memoised. */
export interface DataColumn<Row> {
  /** Remembered with the reader's choice of columns; the key to sort by, if the server sorts. */
  id: string;
  /** Short, in the head; also the name in the choice of columns. */
  header: string;
  /** What the figure means, on hover over the head. */
  hint?: string;
  cell: (row: Row) => ReactNode;
  /** What to sort by here; where the server sorts, `isSortable` says that it can. */
  value?: (row: Row) => string | number | undefined;
  isSortable?: boolean;
  /** Numbers go right. */
  align?: "right";
  /** In pixels, until the reader changes it. */
  width?: number;
  /** Takes the width that is left; one column of a table at most. */
  isGrowing?: boolean;
  /** Not shown until the reader chooses it. */
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

/** As TanStack Table wants it. */
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
