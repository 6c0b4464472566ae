import { Skeleton, Title } from "@mantine/core";
import { useMemo } from "react";

import { Chart } from "@/components/Chart";
import { Reading } from "@/components/Reading";
import { chartOption } from "@/features/analytics/chart_option";
import { money } from "@/format/money";
import type { CommonSearch } from "@/search/common";
import { useContactCost } from "./contacts_data";

interface Props {
  externalId: string;
  common: CommonSearch;
}

/** What the contact's traces cost, by part of the time range. */
export function ContactCost({ externalId, common }: Props) {
  const answer = useContactCost(externalId, common);
  const group = answer.data?.groups.find(({ value }) => value === externalId);
  const option = useMemo(
    () =>
      answer.data &&
      chartOption(
        answer.data,
        [{ name: "Cost", metric: "cost", values: group?.by_bucket?.cost ?? [] }],
        true,
      ),
    [answer.data, group],
  );
  const total = money(group?.figures.cost ?? 0);
  return (
    <section aria-label="Cost over time">
      <Title order={2} fz="sm" fw={600}>
        Cost in this time: <span className="tabular">{total}</span>
      </Title>
      <Reading query={answer}>
        {option ? (
          <Chart option={option} height={160} label={`Cost over time, ${total} in all`} />
        ) : (
          <Skeleton height={160} />
        )}
      </Reading>
    </section>
  );
}
