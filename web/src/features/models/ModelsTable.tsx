import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";

import { EmptyState } from "@/components/EmptyState";
import { QueryBoundary } from "@/components/QueryBoundary";
import { DataTable } from "@/components/table/DataTable";
import { type Sort, formatSort } from "@/url_state/sort";
import { useSort } from "@/url_state/use_sort";
import { MODEL_COLUMNS, MODEL_COLUMNS_TO_SET } from "./models_columns";
import { type Model, useModels } from "./models_data";

const DEFAULT_SORT = "-unpriced";

/** Every model with calls; by default those with unpriced calls come first. */
export function ModelsTable({ canEditPrices }: { canEditPrices: boolean }) {
  const search = useSearch({ from: "/models" });
  const navigate = useNavigate({ from: "/models" });
  const models = useModels();
  const sort = useSort(search.sort ?? DEFAULT_SORT);
  const rows = useMemo(() => sorted(models.data?.data ?? [], sort), [models.data, sort]);
  return (
    <QueryBoundary query={models}>
      <DataTable
        id="models"
        label="Models"
        rows={rows}
        columns={canEditPrices ? MODEL_COLUMNS_TO_SET : MODEL_COLUMNS}
        rowId={({ model }) => model}
        sort={sort}
        onSort={(chosen) =>
          void navigate({
            search: (before) => ({ ...before, sort: formatSort(chosen) }),
            replace: true,
          })
        }
        onOpen={
          canEditPrices
            ? ({ model }) => void navigate({ search: (before) => ({ ...before, set: model }) })
            : undefined
        }
        isLoading={models.isPending}
        empty={
          <EmptyState title="No model calls yet">
            Models appear here with their prices when a trace has a model call.
          </EmptyState>
        }
      />
    </QueryBoundary>
  );
}

/** Sort by a column; equal values keep the server's order, by cost. */
function sorted(models: readonly Model[], { id, isDescending }: Sort): Model[] {
  const value = MODEL_COLUMNS.find((column) => column.id === id)?.value;
  if (!value) return [...models];
  const direction = isDescending ? -1 : 1;
  return models.toSorted((one, other) => direction * compare(value(one), value(other)));
}

/** Compare values; an unknown one sorts below all others. */
function compare(one: string | number | undefined, other: string | number | undefined): number {
  if (one === other) return 0;
  if (one === undefined || other === undefined) return one === undefined ? -1 : 1;
  return one < other ? -1 : 1;
}
