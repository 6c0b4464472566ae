import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";

import { Duration } from "@/components/Duration";
import { EmptyState } from "@/components/EmptyState";
import { UserText } from "@/components/UserText";
import { Money } from "@/components/Money";
import { QueryBoundary } from "@/components/QueryBoundary";
import { DataTable } from "@/components/table/DataTable";
import type { DataColumn } from "@/components/table/data_column";
import { Tokens } from "@/components/Tokens";
import { type Analytics, GROUP_METRICS, type Search, useGroups } from "./analytics_data";
import { DEFAULT_SPLIT, SPLITS, type Split } from "./analytics_views";
import { groupName } from "./time_series";
import { sessionsSearchOf } from "./session_link";

type Group = Analytics["groups"][number];

/** The largest groups with all metrics; each row opens its sessions. */
export function Groups({ search }: { search: Search }) {
  const navigate = useNavigate({ from: "/analytics" });
  const split = search.split ?? DEFAULT_SPLIT;
  const sort = GROUP_METRICS.find((name) => name === search.sort) ?? "cost";
  const groups = useGroups(search, split, sort);
  const { data: answer } = groups;
  const columns = useMemo(
    () => [nameColumn(split, search, answer), ...FIGURES],
    [split, search, answer],
  );
  const order = useMemo(() => ({ id: sort, isDescending: true }), [sort]);
  return (
    <QueryBoundary query={groups}>
      <DataTable
        id="analytics-groups"
        label={`By ${SPLITS[split].label.toLowerCase()}`}
        rows={answer?.groups ?? NO_GROUPS}
        columns={columns}
        rowId={({ value }) => `group ${value}`}
        sort={order}
        onSort={({ id }) =>
          void navigate({ search: (before) => ({ ...before, sort: id }), replace: true })
        }
        onOpen={({ value }) => {
          if (!answer) return;
          const found = sessionsSearchOf(search, answer, { split, group: value });
          void navigate({ to: "/sessions", search: found });
        }}
        isLoading={groups.isPending}
        empty={<EmptyState title="No data in this period">Choose a longer period.</EmptyState>}
        maxHeight="60vh"
      />
    </QueryBoundary>
  );
}

const NO_GROUPS: Group[] = [];

function nameColumn(
  split: Split,
  search: Search,
  answer: Analytics | undefined,
): DataColumn<Group> {
  return {
    id: "value",
    header: SPLITS[split].label,
    cell: ({ value }) =>
      answer && (
        <Link to="/sessions" search={sessionsSearchOf(search, answer, { split, group: value })}>
          <UserText text={groupName(split, value)} />
        </Link>
      ),
    width: 200,
    isGrowing: true,
  };
}

const FIGURES: readonly DataColumn<Group>[] = [
  {
    id: "cost",
    header: "Cost",
    cell: ({ figures }) => (
      <Money
        dollars={figures.cost}
        unpricedCalls={figures.unpriced_calls}
        calls={figures.model_calls}
      />
    ),
    align: "right",
    width: 140,
    isSortable: true,
  },
  countColumn("total_tokens", "Tokens"),
  countColumn("sessions", "Sessions"),
  countColumn("model_calls", "Model calls"),
  countColumn("failed_calls", "Failed calls"),
  durationColumn("call_duration_p50", "Call p50", "Median duration of model calls"),
  durationColumn("call_duration_p95", "Call p95", "95% of model calls took no longer"),
];

function countColumn(id: string, header: string): DataColumn<Group> {
  const cell = ({ figures }: Group) => <Tokens tokens={figures[id]} />;
  return { id, header, cell, align: "right", width: 104, isSortable: true };
}

function durationColumn(id: string, header: string, hint: string): DataColumn<Group> {
  const cell = ({ figures }: Group) => <Duration ms={figures[id]} />;
  return { id, header, hint, cell, align: "right", width: 96, isSortable: true };
}
