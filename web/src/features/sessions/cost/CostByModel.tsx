import type { Schema } from "@/api/client";
import { Money } from "@/components/Money";
import { Tokens } from "@/components/Tokens";
import { count } from "@/format/count";
import { visible } from "@/text/visible";
import classes from "./cost.module.css";
import { type FigureColumn, FigureTable } from "./FigureTable";
import { priceText, SOURCES } from "@/features/models/price_text";

export type Group = Schema<"CallCostsBody">;

const COLUMNS: FigureColumn<Group>[] = [
  {
    header: "Model",
    cell: (group) => visible(group.model ?? group.requested_model ?? "unnamed"),
  },
  { header: "Provider", cell: (group) => visible(group.provider ?? "–") },
  { header: "Kind", cell: (group) => group.type },
  { header: "Calls", isNumber: true, cell: (group) => count(group.calls) },
  { header: "Tokens in", isNumber: true, cell: (group) => <Tokens tokens={group.prompt_tokens} /> },
  { header: "Cached", isNumber: true, cell: (group) => <Tokens tokens={group.cached_tokens} /> },
  {
    header: "Tokens out",
    isNumber: true,
    cell: (group) => <Tokens tokens={group.completion_tokens} />,
  },
  { header: "Cost in", isNumber: true, cell: (group) => <Cost group={group} part="input_cost" /> },
  {
    header: "Cost out",
    isNumber: true,
    cell: (group) => <Cost group={group} part="output_cost" />,
  },
  { header: "Cost", isNumber: true, cell: (group) => <Cost group={group} part="total_cost" /> },
  { header: "Price used", cell: (group) => <Price group={group} /> },
];

/** The calls grouped by model and source of cost, with the price used. */
export function CostByModel({ groups }: { groups: readonly Group[] }) {
  return (
    <FigureTable
      label="Cost by model"
      rows={groups}
      columns={COLUMNS}
      rowKey={({ type, provider, model, requested_model: requested, cost_source: source }) =>
        [type, provider, model, requested, source].join(" ")
      }
    />
  );
}

interface CostProps {
  group: Group;
  part: "input_cost" | "output_cost" | "total_cost";
}

function Cost({ group, part }: CostProps) {
  return <Money dollars={group[part]} unpricedCalls={group.unpriced_calls} calls={group.calls} />;
}

function Price({ group }: { group: Group }) {
  const prices = group.prices?.flatMap(({ as_of: since, tiers }) =>
    tiers.map((tier) => ({ key: `${since} ${tier.above_tokens ?? ""}`, text: priceText(tier) })),
  );
  return (
    <div className={classes.price}>
      {SOURCES[group.cost_source] ?? group.cost_source}
      {prices?.map(({ key, text }) => (
        <div key={key}>{text}</div>
      ))}
    </div>
  );
}
