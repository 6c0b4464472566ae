import { Button, SegmentedControl } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";

import { Page } from "@/components/Page";
import { RefreshControl } from "@/components/RefreshControl";
import { useHasScope } from "@/features/sign-in/me_data";
import { count } from "@/format/count";
import { useModels, usePrices } from "./models_data";
import type { ModelsSearch } from "./models_search";
import { ModelsTable } from "./ModelsTable";
import { PriceDrawer } from "./PriceDrawer";
import { PriceRemoval } from "./PriceRemoval";
import { PricesTable } from "./PricesTable";

/** Models with their prices, and the custom prices, which admins can edit. */
export function ModelsPage() {
  const { tab = "models", set, like, remove } = useSearch({ from: "/models" });
  const navigate = useNavigate({ from: "/models" });
  const change = (changed: ModelsSearch) =>
    void navigate({ search: (before) => ({ ...before, ...changed }) });
  const close = () => change({ set: undefined, like: undefined, remove: undefined });
  const canEditPrices = useHasScope("admin");
  const models = useModels().data?.data;
  const prices = usePrices().data?.data;
  const removed = prices?.find(({ id }) => id === remove);
  return (
    <Page
      title="Models and prices"
      isFilling
      actions={
        <>
          {canEditPrices && <Button onClick={() => change({ set: "" })}>Set price</Button>}
          <RefreshControl />
        </>
      }
    >
      <SegmentedControl
        aria-label="View"
        value={tab}
        onChange={(chosen) => change({ tab: chosen })}
        data={[
          { value: "models", label: labelOf("Models", models?.length) },
          { value: "prices", label: labelOf("Custom prices", prices?.length) },
        ]}
        style={{ alignSelf: "flex-start" }}
      />
      {tab === "prices" ? (
        <PricesTable canEditPrices={canEditPrices} />
      ) : (
        <ModelsTable canEditPrices={canEditPrices} />
      )}
      {canEditPrices && <PriceDrawer model={set} like={like} onClose={close} />}
      {canEditPrices && removed && <PriceRemoval price={removed} onClose={close} />}
    </Page>
  );
}

function labelOf(name: string, entries: number | undefined): string {
  return entries === undefined ? name : `${name} (${count(entries)})`;
}
