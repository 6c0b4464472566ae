import { Group, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";

import { EmptyState } from "@/components/EmptyState";
import { ErrorState } from "@/components/ErrorState";
import { Page } from "@/components/Page";
import { RefreshControl } from "@/components/RefreshControl";
import { DataTable } from "@/components/table/DataTable";
import { TimeRangePicker } from "@/components/TimeRangePicker";
import { counted } from "@/format/count";
import { SESSION_COLUMNS } from "./sessions_columns";
import { sortOf, useSessionCount, useSessionPage } from "./sessions_data";

export function SessionsPage() {
  const search = useSearch({ from: "/sessions" });
  const navigate = useNavigate({ from: "/sessions" });
  const page = useSessionPage(search);
  const total = useSessionCount(search);
  const { key, direction } = sortOf(search.sort);
  const sort = useMemo(() => ({ id: key, isDescending: direction === "desc" }), [key, direction]);
  return (
    <Page
      title="Sessions"
      isFilling
      actions={
        <>
          <TimeRangePicker />
          <RefreshControl />
        </>
      }
    >
      {page.isError ? (
        <ErrorState error={page.error} onRetry={() => void page.refetch()} />
      ) : (
        <DataTable
          id="sessions"
          label="Sessions"
          rows={page.data?.data ?? NO_ROWS}
          columns={SESSION_COLUMNS}
          rowId={({ _id }) => _id}
          sort={sort}
          onSort={({ id, isDescending }) =>
            void navigate({
              search: (before) => ({ ...before, sort: `${isDescending ? "-" : ""}${id}` }),
            })
          }
          onOpen={({ _id }) =>
            void navigate({ to: "/sessions/$sessionId", params: { sessionId: _id } })
          }
          isLoading={page.isPending}
          empty={<EmptyState title="No session in this time">Choose a longer one.</EmptyState>}
        />
      )}
      <Group justify="flex-end">
        <Text c="dimmed" className="tabular">
          {total.data && counted(total.data.count, "session")}
        </Text>
      </Group>
    </Page>
  );
}

const NO_ROWS: never[] = [];
