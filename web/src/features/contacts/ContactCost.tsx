import { Skeleton, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";

import { Chart } from "@/components/Chart";
import { Money } from "@/components/Money";
import { QueryBoundary } from "@/components/QueryBoundary";
import { chartOption } from "@/features/analytics/chart_option";
import { valuesByBucket } from "@/features/analytics/time_series";
import { sessionsSearchOf } from "@/features/analytics/session_link";
import { listHas } from "@/features/sessions/filters/build_filter";
import type { CommonSearch } from "@/url_state/common_search";
import { useContactCost } from "./contacts_data";

interface Props {
  externalId: string;
  common: CommonSearch;
}

/** The cost of the contact's traces over time; a bar opens its sessions. */
export function ContactCost({ externalId, common }: Props) {
  const navigate = useNavigate();
  const answer = useContactCost(externalId, common);
  const group = answer.data?.groups.find(({ value }) => value === externalId);
  const option = useMemo(
    () =>
      answer.data &&
      chartOption(
        answer.data,
        [{ name: "Cost", metric: "cost", values: group ? valuesByBucket(group, "cost") : [] }],
        true,
      ),
    [answer.data, group],
  );
  const { figures = NO_USE } = group ?? {};
  const show = ({ dataIndex }: { dataIndex: number }) => {
    if (!answer.data) return;
    const ofContact = { ...common, filters: [listHas("contact_ids", externalId)] };
    const found = sessionsSearchOf(ofContact, answer.data, { bucket: dataIndex });
    void navigate({ to: "/sessions", search: found });
  };
  return (
    <section aria-label="Cost over time">
      <Title order={2} fz="sm" fw={600}>
        Cost in selected period:{" "}
        <Money
          dollars={answer.data && figures.cost}
          unpricedCalls={figures.unpriced_calls ?? 0}
          calls={figures.model_calls ?? undefined}
        />
      </Title>
      <QueryBoundary query={answer}>
        {option ? (
          <Chart option={option} height={160} label="Cost over time" onClick={show} />
        ) : (
          <Skeleton height={160} />
        )}
      </QueryBoundary>
    </section>
  );
}

/** The figures of a period without traces of the contact. */
const NO_USE: Record<string, number | null> = { cost: 0 };
