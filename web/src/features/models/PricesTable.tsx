import { EmptyState } from "@/components/EmptyState";
import { QueryBoundary } from "@/components/QueryBoundary";
import { DataTable } from "@/components/table/DataTable";
import { usePrices } from "./models_data";
import { PRICE_COLUMNS, PRICE_COLUMNS_TO_CHANGE } from "./prices_columns";

const NO_ROWS: never[] = [];

/** The custom prices of the workspace. */
export function PricesTable({ canEditPrices }: { canEditPrices: boolean }) {
  const prices = usePrices();
  return (
    <QueryBoundary query={prices}>
      <DataTable
        id="prices"
        label="Custom prices"
        rows={prices.data?.data ?? NO_ROWS}
        columns={canEditPrices ? PRICE_COLUMNS_TO_CHANGE : PRICE_COLUMNS}
        rowId={({ id }) => id}
        isLoading={prices.isPending}
        empty={
          <EmptyState title="No custom prices">
            Catalog prices apply to all models. Set a price for a model that the catalog does not
            have, or if you pay a different one.
          </EmptyState>
        }
      />
    </QueryBoundary>
  );
}
