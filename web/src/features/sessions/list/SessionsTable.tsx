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
  const isNarrowed = Boolean(search.search || search.filters);
  const none = isNarrowed ? (
    <EmptyState
      title="No session matches"
      action={
        <Button variant="default" onClick={() => select({ search: undefined, filters: undefined })}>
          Clear search and filters
        </Button>
      }
    >
      None that began in this time is found by the search and all of the filters.
    </EmptyState>
  ) : (
    <EmptyState
      title="No session began in this time"
      action={
        <Button variant="default" onClick={() => setRange({ kind: "all" })}>
          Look at all time
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
      empty={none}
    />
  );
}
