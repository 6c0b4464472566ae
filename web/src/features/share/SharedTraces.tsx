import { Button, Stack } from "@mantine/core";

import { EmptyState } from "@/components/EmptyState";
import { UserText } from "@/components/UserText";
import { QueryBoundary } from "@/components/QueryBoundary";
import { DataTable } from "@/components/table/DataTable";
import type { DataColumn } from "@/components/table/data_column";
import { TRACE_COLUMNS, type Trace } from "@/features/sessions/trace_columns";
import { useSharedTraces } from "./shared_data";

/** The traces with their figures, without their spans. */
export function SharedTraces({ token }: { token: string }) {
  const traces = useSharedTraces(token);
  return (
    <Stack>
      <QueryBoundary query={traces}>
        <DataTable
          id="shared-traces"
          label="Traces"
          rows={traces.data?.pages.flatMap((page) => page.data) ?? NO_ROWS}
          columns={COLUMNS}
          rowId={({ trace_id }) => trace_id}
          isLoading={traces.isPending}
          maxHeight="70vh"
          empty={<EmptyState title="No traces" />}
        />
        {traces.hasNextPage && (
          <Button
            variant="default"
            mx="auto"
            loading={traces.isFetchingNextPage}
            onClick={() => void traces.fetchNextPage()}
          >
            Show more
          </Button>
        )}
      </QueryBoundary>
    </Stack>
  );
}

const NO_ROWS: never[] = [];
const { startedAt, duration, calls, tokens, cost, errors } = TRACE_COLUMNS;
const COLUMNS: DataColumn<Trace>[] = [
  {
    id: "name",
    header: "Name",
    isGrowing: true,
    width: 200,
    cell: ({ name }) => <UserText text={name || "–"} />,
  },
  startedAt,
  duration,
  calls,
  tokens,
  cost,
  errors,
];
