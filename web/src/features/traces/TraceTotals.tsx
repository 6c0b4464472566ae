import { Text } from "@mantine/core";

import { counted } from "@/format/count";
import { money } from "@/format/money";
import { unpriced } from "@/format/unknown";
import type { CommonSearch } from "@/search/common";
import { useTraceTotals } from "./traces_data";
import type { TracesSearch } from "./traces_search";

/** How many traces the list has on all of its pages, and what they cost. */
export function TraceTotals({ search }: { search: CommonSearch & TracesSearch }) {
  const { data: totals } = useTraceTotals(search);
  if (!totals) return null;
  const parts = [
    counted(totals.count ?? 0, "trace"),
    money(totals.cost_total ?? 0),
    unpriced(totals.unpriced_calls_count ?? 0),
  ];
  return (
    <Text span c="dimmed" className="tabular">
      {parts.filter(Boolean).join(" · ")}
    </Text>
  );
}
