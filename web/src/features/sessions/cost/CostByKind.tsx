import { Money } from "@/components/Money";
import { Tokens } from "@/components/Tokens";
import { count } from "@/format/count";
import type { Group } from "./CostByModel";
import { type FigureColumn, FigureTable } from "./FigureTable";

interface Kind {
  type: string;
  calls: number;
  unpriced: number;
  tokens: number;
  cost: number;
}

const COLUMNS: FigureColumn<Kind>[] = [
  { header: "Kind", cell: (kind) => kind.type },
  { header: "Calls", isNumber: true, cell: (kind) => count(kind.calls) },
  { header: "Tokens", isNumber: true, cell: (kind) => <Tokens tokens={kind.tokens} /> },
  {
    header: "Cost",
    isNumber: true,
    cell: (kind) => <Money dollars={kind.cost} unpricedCalls={kind.unpriced} calls={kind.calls} />,
  },
];

/** The calls grouped by kind. */
export function CostByKind({ groups }: { groups: readonly Group[] }) {
  const kinds = new Map<string, Kind>();
  for (const group of groups) {
    const { type } = group;
    const kind = kinds.get(type) ?? { type, calls: 0, unpriced: 0, tokens: 0, cost: 0 };
    kinds.set(type, {
      type,
      calls: kind.calls + group.calls,
      unpriced: kind.unpriced + group.unpriced_calls,
      tokens: kind.tokens + group.prompt_tokens + group.completion_tokens,
      cost: kind.cost + group.total_cost,
    });
  }
  return (
    <FigureTable
      label="Cost by kind"
      rows={[...kinds.values()].sort((one, other) => other.cost - one.cost)}
      columns={COLUMNS}
      rowKey={({ type }) => type}
    />
  );
}
