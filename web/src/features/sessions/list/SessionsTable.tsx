import { Button } from "@mantine/core";
import { useMemo } from "react";

import { EmptyState } from "@/components/EmptyState";
import { DataTable } from "@/components/table/DataTable";
import { useCommonSearch } from "@/url_state/use_common_search";
import { formatSort } from "@/url_state/sort";
import type { SessionRow } from "../sessions_data";
import { sessionColumns } from "./sessions_columns";
import { listSearch } from "../sessions_search";
import type { useSessionsUrl } from "../use_sessions_url";

interface Props {
  url: ReturnType<typeof useSessionsUrl>;
  rows: readonly SessionRow[];
  isLoading: boolean;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
}

export function SessionsTable({ url, rows, isLoading, selected, onSelect }: Props) {
  const { search, select } = url;
  const { setRange } = useCommonSearch();
  const columns = useMemo(() => sessionColumns(listSearch(search)), [search]);
  const isFiltered = Boolean(search.search || search.filters);
  const empty = isFiltered ? (
    <EmptyState
      title="No sessions match"
      action={
        <Button variant="default" onClick={() => select({ search: undefined, filters: undefined })}>
          Clear search and filters
        </Button>
      }
    >
      No session in this period matches your search and filters.
    </EmptyState>
  ) : (
    <EmptyState
      title="No sessions in this period"
      action={
        <Button variant="default" onClick={() => setRange({ kind: "all" })}>
          Show all time
        </Button>
      }
    />
  );
  return (
    <DataTable
      id="sessions"
      label="Sessions"
      rows={rows}
      columns={columns}
      rowId={({ _id }) => _id}
      sort={url.sort}
      onSort={(chosen) => select({ sort: formatSort(chosen) })}
      selected={selected}
      onSelect={onSelect}
      onOpen={({ _id }) => url.open(_id)}
      isLoading={isLoading}
      empty={empty}
    />
  );
}
