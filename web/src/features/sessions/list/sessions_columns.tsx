import { Link } from "@tanstack/react-router";

import { Duration } from "@/components/Duration";
import { UserText } from "@/components/UserText";
import { Money } from "@/components/Money";
import { RelativeTime } from "@/components/RelativeTime";
import type { DataColumn } from "@/components/table/data_column";
import { Tags } from "@/components/Tags";
import { Tokens } from "@/components/Tokens";
import type { SessionRow } from "../sessions_data";
import { SessionName } from "./SessionName";
import type { ListSearch } from "../sessions_search";

type Column = DataColumn<SessionRow>;

/** The columns of a list of sessions; their ids are the API's sort keys. */
export function sessionColumns(list: ListSearch): readonly Column[] {
  const name: Column = {
    id: "title",
    header: "Session",
    cell: (session) => <SessionName session={session} list={list} />,
    width: 260,
    isGrowing: true,
    isSortable: true,
  };
  return [name, ...OTHERS];
}

const OTHERS: readonly Column[] = [
  {
    id: "external_id",
    header: "External id",
    cell: ({ external_id }) => <UserText text={external_id} />,
    width: 150,
    isSortable: true,
  },
  {
    id: "contact_ids",
    header: "Contact",
    cell: ({ contact_ids }) => <Contacts ids={contact_ids} />,
    width: 120,
    isSortable: true,
  },
  {
    id: "started_at",
    header: "Started",
    cell: ({ started_at }) => <RelativeTime time={started_at} />,
    width: 96,
    isSortable: true,
  },
  {
    id: "active_duration",
    header: "Duration",
    hint: "Time in which any trace was running; hover for the wall time",
    cell: ({ active_duration, duration }) => <Duration ms={active_duration} wallMs={duration} />,
    align: "right",
    width: 96,
    isSortable: true,
  },
  {
    id: "billing.total_cost",
    header: "Cost",
    cell: ({ billing, unpriced_calls_count, model_calls_count }) => (
      <Money
        dollars={billing.total_cost}
        unpricedCalls={unpriced_calls_count ?? 0}
        calls={model_calls_count ?? undefined}
      />
    ),
    align: "right",
    width: 124,
    isSortable: true,
  },
  figure("traces_count", "Traces", ({ traces_count }) => traces_count, 70),
  figure("model_calls_count", "Calls", (session) => session.model_calls_count, 64),
  figure("usage.prompt_tokens", "Tokens in", ({ usage }) => usage.prompt_tokens, 86),
  figure("usage.completion_tokens", "Tokens out", ({ usage }) => usage.completion_tokens, 92),
  figure("cached_tokens", "Cached", (session) => session.cached_tokens, 76),
  {
    id: "models",
    header: "Models",
    cell: ({ models }) => <UserText text={(models ?? []).map(({ model }) => model).join(", ")} />,
    width: 150,
    isSortable: true,
  },
  {
    id: "tags",
    header: "Tags",
    cell: ({ tags }) => <Tags tags={tags} />,
    width: 140,
    isSortable: true,
  },
  figure("errors_count", "Errors", (session) => session.errors_count, 68),
];

function figure(
  id: string,
  header: string,
  value: (session: SessionRow) => number | null | undefined,
  width: number,
): Column {
  const cell = (session: SessionRow) => <Tokens tokens={value(session)} />;
  return { id, header, cell, width, align: "right", isSortable: true };
}

function Contacts({ ids }: { ids: readonly string[] }) {
  const [first, ...others] = ids;
  if (first === undefined) return null;
  return (
    <>
      <Link to="/contacts/$contactId" params={{ contactId: first }}>
        <UserText text={first} hint={ids.join(", ")} />
      </Link>
      {others.length > 0 && ` +${others.length}`}
    </>
  );
}
