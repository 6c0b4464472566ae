import { Text } from "@mantine/core";

import { Money } from "@/components/Money";
import { counted } from "@/format/count";
import type { CommonSearch } from "@/url_state/common_search";
import { useTraceTotals } from "./traces_data";
import type { TracesSearch } from "./traces_search";

/** The number and cost of the traces on all pages of the list. */
export function TraceTotals({ search }: { search: CommonSearch & TracesSearch }) {
  const { data: totals } = useTraceTotals(search);
  if (!totals) return null;
  return (
    <Text span c="dimmed" className="tabular">
      {counted(totals.count ?? 0, "trace")} ·{" "}
      <Money
        dollars={totals.cost_total ?? 0}
        unpricedCalls={totals.unpriced_calls_count}
        calls={totals.model_calls_count}
      />
    </Text>
  );
}
