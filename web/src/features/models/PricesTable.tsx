import { EmptyState } from "@/components/EmptyState";
import { QueryBoundary } from "@/components/QueryBoundary";
import { DataTable } from "@/components/table/DataTable";
import { usePrices } from "./models_data";
import { PRICE_COLUMNS, PRICE_COLUMNS_TO_CHANGE } from "./prices_columns";

const NO_ROWS: never[] = [];

/** The workspace's own prices. */
export function PricesTable({ canEditPrices }: { canEditPrices: boolean }) {
  const prices = usePrices();
  return (
    <QueryBoundary query={prices}>
      <DataTable
        id="prices"
        label="Own prices"
        rows={prices.data?.data ?? NO_ROWS}
        columns={canEditPrices ? PRICE_COLUMNS_TO_CHANGE : PRICE_COLUMNS}
        rowId={({ id }) => id}
        isLoading={prices.isPending}
        empty={
          <EmptyState title="No price of your own">
            The list of prices holds for all models. Set a price where it knows none, or where you
            pay another one.
          </EmptyState>
        }
      />
    </QueryBoundary>
  );
}
