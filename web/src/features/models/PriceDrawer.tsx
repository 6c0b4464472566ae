import { Drawer } from "@/components/Drawer";
import { LoadingRows } from "@/components/LoadingRows";
import { QueryBoundary } from "@/components/QueryBoundary";
import { useModels, usePrices } from "./models_data";
import { draftFor, draftLike } from "./price_form";
import { PriceEditor } from "./PriceEditor";

interface Props {
  /** The model to set a price for; empty for any. */
  model?: string;
  /** The id of the price to edit. */
  like?: string;
  onClose: () => void;
}

/** The form for a custom price. */
export function PriceDrawer({ model, like, onClose }: Props) {
  return (
    <Drawer
      title={like === undefined ? "Set price" : "Edit price"}
      isOpen={model !== undefined || like !== undefined}
      onClose={onClose}
      width={560}
    >
      {like === undefined ? (
        <ForModel key={model} model={model ?? ""} onClose={onClose} />
      ) : (
        <LikePrice key={like} id={like} onClose={onClose} />
      )}
    </Drawer>
  );
}

function ForModel({ model, onClose }: { model: string; onClose: () => void }) {
  const models = useModels();
  if (models.isPending) return <LoadingRows count={5} />;
  const seen = models.data?.data.find((one) => one.model === model);
  return <PriceEditor initial={draftFor(model, seen)} onDone={onClose} />;
}

function LikePrice({ id, onClose }: { id: string; onClose: () => void }) {
  const prices = usePrices();
  const price = prices.data?.data.find((one) => one.id === id);
  return (
    <QueryBoundary query={prices}>
      {prices.data ? (
        <PriceEditor initial={price ? draftLike(price) : draftFor("")} onDone={onClose} />
      ) : (
        <LoadingRows count={5} />
      )}
    </QueryBoundary>
  );
}
