import {
  type RowSelectionState,
  type SortingState,
  type Updater,
  useTable,
} from "@tanstack/react-table";
import { useMemo } from "react";

import type { Sort } from "@/url_state/sort";
import { type DataColumn, FEATURES, definitionOf } from "./data_column";
import { useRememberedColumns } from "./remembered_columns";

export interface TableOptions<Row> {
  /** The key of the stored column settings. */
  id: string;
  rows: readonly Row[];
  columns: readonly DataColumn<Row>[];
  rowId: (row: Row) => string;
  /** The current order. With `onSort` the server sorts, without it the browser. */
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  /** The browser sorts, although `onSort` stores the order. */
  isSortedInBrowser?: boolean;
  /** The ids of the selected rows. Rows have checkboxes only with `onSelect`. */
  selected?: ReadonlySet<string>;
  onSelect?: (selected: ReadonlySet<string>) => void;
}

/** A TanStack table: sort and selection are controlled, column settings are stored. */
export function useDataTable<Row extends object>(options: TableOptions<Row>) {
  const { id, rows, columns, rowId, sort, onSort, isSortedInBrowser, selected, onSelect } = options;
  const [{ visibility, sizing }, remember] = useRememberedColumns(id);
  const isServerSorted = onSort !== undefined && !isSortedInBrowser;
  const definitions = useMemo(
    () => columns.map((column) => definitionOf(column, isServerSorted)),
    [columns, isServerSorted],
  );
  const columnVisibility = useMemo(
    () => ({
      ...Object.fromEntries(columns.map((column) => [column.id, !column.isHidden])),
      ...visibility,
    }),
    [columns, visibility],
  );
  const rowSelection = useMemo(
    () => Object.fromEntries([...(selected ?? [])].map((rowKey) => [rowKey, true as const])),
    [selected],
  );
  const sorting = useMemo(() => (sort ? [{ id: sort.id, desc: sort.isDescending }] : []), [sort]);
  return useTable({
    features: FEATURES,
    columns: definitions,
    data: rows,
    getRowId: rowId,
    manualSorting: isServerSorted,
    enableSortingRemoval: false,
    enableMultiSort: false,
    columnResizeMode: "onChange",
    state: {
      columnVisibility,
      columnSizing: sizing,
      rowSelection,
      ...(onSort && { sorting }),
    },
    initialState: { sorting },
    onColumnVisibilityChange: (change) =>
      remember((before) => ({ ...before, visibility: applied(change, columnVisibility) })),
    onColumnSizingChange: (change) =>
      remember((before) => ({ ...before, sizing: applied(change, before.sizing) })),
    onRowSelectionChange: (change) => {
      onSelect?.(new Set(Object.keys(applied<RowSelectionState>(change, rowSelection))));
    },
    ...(onSort && {
      onSortingChange: (change: Updater<SortingState>) => {
        const [first] = applied(change, sorting);
        if (first) onSort({ id: first.id, isDescending: first.desc });
      },
    }),
  });
}

export type TableOf<Row extends object> = ReturnType<typeof useDataTable<Row>>;

function applied<State>(change: Updater<State>, before: State): State {
  return change instanceof Function ? change(before) : change;
}
