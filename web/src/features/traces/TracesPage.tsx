import { Group } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

import { EmptyState } from "@/components/EmptyState";
import { KeysetPager } from "@/components/KeysetPager";
import { Page } from "@/components/Page";
import { QueryBoundary } from "@/components/QueryBoundary";
import { RefreshControl } from "@/components/RefreshControl";
import { SearchBox } from "@/components/SearchBox";
import { DataTable } from "@/components/table/DataTable";
import { TimeRangePicker } from "@/components/TimeRangePicker";
import { ProjectPicker } from "@/features/projects/ProjectPicker";
import { FIRST_PAGE } from "@/url_state/common_search";
import { formatSort } from "@/url_state/sort";
import { useSort } from "@/url_state/use_sort";
import { AddFilter } from "./AddFilter";
import { TraceFilters } from "./TraceFilters";
import { TraceTotals } from "./TraceTotals";
import { TRACE_COLUMNS } from "./traces_columns";
import { type Trace, useTraces } from "./traces_data";
import { DEFAULT_SORT, type TracesSearch } from "./traces_search";

/** All traces, with and without a session. */
export function TracesPage() {
  const search = useSearch({ from: "/traces" });
  const navigate = useNavigate({ from: "/traces" });
  const page = useTraces(search);
  const sort = useSort(search.sort ?? DEFAULT_SORT);
  const change = useCallback(
    (changed: Partial<TracesSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...FIRST_PAGE, ...changed }) }),
    [navigate],
  );
  const find = useCallback((text: string) => change({ search: text || undefined }), [change]);
  const next = page.data?.next_page_token;
  const { filters = [] } = search;
  return (
    <Page
      title="Traces"
      isFilling
      actions={
        <>
          <ProjectPicker />
          <TimeRangePicker />
          <RefreshControl />
        </>
      }
    >
      <Group gap="xs">
        <SearchBox
          label="Search traces"
          placeholder="Search names, ids, tags, models"
          search={search.search ?? ""}
          onSearch={find}
        />
        <AddFilter onAdd={(filter) => change({ filters: [...filters, filter] })} />
        <TraceFilters
          filters={filters}
          onChange={(changed) => change({ filters: changed.length > 0 ? changed : undefined })}
        />
      </Group>
      <QueryBoundary query={page}>
        <DataTable
          id="traces"
          label="Traces"
          rows={page.data?.data ?? NO_ROWS}
          columns={TRACE_COLUMNS}
          rowId={({ trace_id }) => trace_id}
          sort={sort}
          onSort={(chosen) => change({ sort: formatSort(chosen) })}
          onOpen={({ trace_id }) =>
            void navigate({ to: "/traces/$traceId", params: { traceId: trace_id } })
          }
          isLoading={page.isPending}
          empty={
            <EmptyState title="No traces match">
              Choose a longer period or remove filters.
            </EmptyState>
          }
        />
      </QueryBoundary>
      <KeysetPager
        previousLabel="First page"
        onPrevious={search.page ? () => change({}) : undefined}
        onNext={next ? () => change({ page: next }) : undefined}
      >
        <TraceTotals search={search} />
      </KeysetPager>
    </Page>
  );
}

const NO_ROWS: Trace[] = [];
