import { Badge, Button, Text } from "@mantine/core";

import { RelativeTime } from "@/components/RelativeTime";
import { TimeUntil } from "@/components/TimeUntil";
import type { DataColumn } from "@/components/table/data_column";
import type { ApiKey } from "./api_keys_data";

export function apiKeyColumns(onRevoke: (key: ApiKey) => void): DataColumn<ApiKey>[] {
  return [
    ...COLUMNS,
    {
      id: "actions",
      header: "Actions",
      width: 90,
      cell: (key) =>
        !key.revoked_at && (
          <Button
            variant="subtle"
            color="red"
            size="compact-xs"
            aria-label={`Revoke ${key.name}`}
            onClick={() => onRevoke(key)}
          >
            Revoke
          </Button>
        ),
    },
  ];
}

const COLUMNS: DataColumn<ApiKey>[] = [
  {
    id: "name",
    header: "Name",
    isGrowing: true,
    width: 160,
    value: ({ name }) => name,
    cell: ({ name }) => name,
  },
  {
    id: "prefix",
    header: "Key",
    width: 190,
    cell: ({ prefix }) => (
      <Text span ff="monospace" fz="xs">
        {prefix}…
      </Text>
    ),
  },
  { id: "scopes", header: "Scopes", width: 130, cell: ({ scopes }) => scopes.join(", ") },
  { id: "project", header: "Project", width: 110, cell: (key) => key.project_id ?? "all" },
  {
    id: "created",
    header: "Created",
    width: 100,
    value: ({ created_at: time }) => time,
    cell: ({ created_at: time }) => <RelativeTime time={time} />,
  },
  {
    id: "used",
    header: "Last used",
    width: 100,
    value: ({ last_used_at: time }) => time,
    cell: ({ last_used_at: time }) => <RelativeTime time={time} />,
  },
  { id: "state", header: "State", width: 130, cell: (key) => <State apiKey={key} /> },
];

function State({ apiKey: { revoked_at: revoked, expires_at: end } }: { apiKey: ApiKey }) {
  if (revoked) {
    return (
      <Badge variant="light" color="gray" size="sm" tt="none">
        revoked
      </Badge>
    );
  }
  if (!end) return "active";
  return (
    <>
      expires <TimeUntil time={end} />
    </>
  );
}
