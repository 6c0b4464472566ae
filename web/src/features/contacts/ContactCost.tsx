import { Skeleton, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";

import { Chart } from "@/components/Chart";
import { Money } from "@/components/Money";
import { Reading } from "@/components/Reading";
import { chartOption } from "@/features/analytics/chart_option";
import { courseOf } from "@/features/analytics/course";
import { sessionsOf } from "@/features/analytics/session_link";
import { listHas } from "@/features/sessions/filters/make_filter";
import type { CommonSearch } from "@/search/common";
import { useContactCost } from "./contacts_data";

interface Props {
  externalId: string;
  common: CommonSearch;
}

/** What the contact's traces cost, by part of the time range; a bar leads to its sessions. */
export function ContactCost({ externalId, common }: Props) {
  const navigate = useNavigate();
  const answer = useContactCost(externalId, common);
  const group = answer.data?.groups.find(({ value }) => value === externalId);
  const option = useMemo(
    () =>
      answer.data &&
      chartOption(
        answer.data,
        [{ name: "Cost", metric: "cost", values: group ? courseOf(group, "cost") : [] }],
        true,
      ),
    [answer.data, group],
  );
  const { figures = NOTHING } = group ?? {};
  const show = ({ dataIndex }: { dataIndex: number }) => {
    if (!answer.data) return;
    const ofContact = { ...common, filters: [listHas("contact_ids", externalId)] };
    const found = sessionsOf(ofContact, answer.data, { bucket: dataIndex });
    void navigate({ to: "/sessions", search: found });
  };
  return (
    <section aria-label="Cost over time">
      <Title order={2} fz="sm" fw={600}>
        Cost in this time:{" "}
        <Money
          dollars={answer.data && figures.cost}
          unpricedCalls={figures.unpriced_calls ?? 0}
          calls={figures.model_calls ?? undefined}
        />
      </Title>
      <Reading query={answer}>
        {option ? (
          <Chart option={option} height={160} label="Cost over time" onClick={show} />
        ) : (
          <Skeleton height={160} />
        )}
      </Reading>
    </section>
  );
}

/** Of a time in which the contact did nothing. */
const NOTHING: Record<string, number | null> = { cost: 0 };
