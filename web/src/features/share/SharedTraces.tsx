import { Button, Stack } from "@mantine/core";

import { Duration } from "@/components/Duration";
import { EmptyState } from "@/components/EmptyState";
import { Given } from "@/components/Given";
import { Money } from "@/components/Money";
import { Reading } from "@/components/Reading";
import { RelativeTime } from "@/components/RelativeTime";
import { Tokens } from "@/components/Tokens";
import { DataTable } from "@/components/table/DataTable";
import type { DataColumn } from "@/components/table/data_column";
import { type SharedTrace, useSharedTraces } from "./shared_data";

/** The traces with their figures; what is in them is not shown. */
export function SharedTraces({ token }: { token: string }) {
  const traces = useSharedTraces(token);
  return (
    <Stack>
      <Reading query={traces}>
        <DataTable
          id="shared-traces"
          label="Traces"
          rows={traces.data?.pages.flatMap((page) => page.data) ?? NO_ROWS}
          columns={COLUMNS}
          rowId={({ trace_id }) => trace_id}
          isLoading={traces.isPending}
          maxHeight="70vh"
          empty={<EmptyState title="It has no trace" />}
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
      </Reading>
    </Stack>
  );
}

const NO_ROWS: never[] = [];
const COLUMNS: DataColumn<SharedTrace>[] = [
  {
    id: "name",
    header: "Name",
    isGrowing: true,
    width: 200,
    cell: ({ name }) => <Given text={name || "–"} />,
  },
  {
    id: "started_at",
    header: "Started",
    cell: ({ started_at: time }) => <RelativeTime time={time} />,
  },
  {
    id: "duration",
    header: "Duration",
    align: "right",
    value: ({ duration }) => duration,
    cell: ({ duration }) => <Duration ms={duration} />,
  },
  {
    id: "calls",
    header: "Calls",
    align: "right",
    width: 80,
    value: (trace) => trace.model_calls_count,
    cell: (trace) => <Tokens tokens={trace.model_calls_count} />,
  },
  {
    id: "tokens",
    header: "Tokens",
    align: "right",
    value: (trace) => trace.total_tokens,
    cell: (trace) => <Tokens tokens={trace.total_tokens} />,
  },
  {
    id: "cost",
    header: "Cost",
    align: "right",
    value: (trace) => trace.total_cost,
    cell: (trace) => (
      <Money
        dollars={trace.total_cost}
        unpricedCalls={trace.unpriced_calls_count}
        calls={trace.model_calls_count - trace.failed_calls_count}
      />
    ),
  },
  {
    id: "errors",
    header: "Errors",
    align: "right",
    width: 80,
    value: (trace) => trace.errors_count,
    cell: (trace) => <Tokens tokens={trace.errors_count} />,
  },
];
