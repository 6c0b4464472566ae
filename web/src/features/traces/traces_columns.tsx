import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";

import { Duration } from "@/components/Duration";
import { UserText } from "@/components/UserText";
import { Money } from "@/components/Money";
import { RelativeTime } from "@/components/RelativeTime";
import type { DataColumn } from "@/components/table/data_column";
import { Tags } from "@/components/Tags";
import { Tokens } from "@/components/Tokens";
import type { Trace } from "./traces_data";

type Column = DataColumn<Trace>;

/** The columns of the list; their ids are the API's sort fields. */
export const TRACE_COLUMNS: readonly Column[] = [
  {
    id: "name",
    header: "Trace",
    cell: ({ trace_id, name }) => (
      <Link to="/traces/$traceId" params={{ traceId: trace_id }}>
        <UserText text={name ?? trace_id} />
      </Link>
    ),
    width: 200,
    isGrowing: true,
    isSortable: true,
  },
  {
    id: "status",
    header: "Status",
    cell: ({ status }) =>
      status === "error" ? (
        <Text span inherit c="var(--app-bad)">
          error
        </Text>
      ) : (
        "ok"
      ),
    width: 68,
    isSortable: true,
  },
  {
    id: "session_id",
    header: "Session",
    cell: ({ session_id }) =>
      session_id && (
        <Link to="/sessions/$sessionId" params={{ sessionId: session_id }}>
          <UserText text={session_id} />
        </Link>
      ),
    width: 160,
    isSortable: true,
  },
  {
    id: "identity_id",
    header: "Contact",
    cell: ({ identity_id }) =>
      identity_id && (
        <Link to="/contacts/$contactId" params={{ contactId: identity_id }}>
          <UserText text={identity_id} />
        </Link>
      ),
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
    id: "duration_ms",
    header: "Duration",
    cell: ({ duration_ms }) => <Duration ms={duration_ms} />,
    align: "right",
    width: 90,
    isSortable: true,
  },
  figure("spans_count", "Spans", ({ spans_count }) => spans_count),
  figure("model_calls_count", "Calls", ({ model_calls_count }) => model_calls_count),
  figure("prompt_tokens", "Tokens in", ({ usage }) => usage.prompt_tokens),
  figure("completion_tokens", "Tokens out", ({ usage }) => usage.completion_tokens),
  figure("cached_tokens", "Cached", ({ usage }) => usage.prompt_cached_tokens, true),
  {
    id: "cost_total",
    header: "Cost",
    cell: ({ cost, unpriced_calls_count, model_calls_count }) => (
      <Money dollars={cost.total} unpricedCalls={unpriced_calls_count} calls={model_calls_count} />
    ),
    align: "right",
    width: 96,
    isSortable: true,
  },
  {
    id: "models",
    header: "Models",
    cell: ({ models }) => <UserText text={models.join(", ")} />,
    width: 150,
  },
  {
    id: "tags",
    header: "Tags",
    cell: ({ tags }) => <Tags tags={tags} />,
    width: 130,
  },
  figure("errors_count", "Errors", ({ errors_count }) => errors_count),
];

function figure(
  id: string,
  header: string,
  value: (trace: Trace) => number,
  isHidden = false,
): Column {
  const cell = (trace: Trace) => <Tokens tokens={value(trace)} />;
  return { id, header, cell, align: "right", width: 84, isSortable: true, isHidden };
}
