import { Anchor, Stack, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { Schema } from "@/api/client";
import { Money } from "@/components/Money";
import { count, counted } from "@/format/count";
import type { Preview } from "./models_data";

type Change = Omit<Schema<"ModelChangeShape">, "model">;

/** The effect of re-pricing: in total, by model, and on the most changed sessions. */
export function PreviewChange({ preview }: { preview: Preview }) {
  if (preview.calls === 0) {
    return (
      <Text c="dimmed" fz="sm">
        No stored calls would change.
      </Text>
    );
  }
  const { traces_count, sessions_count, models, sessions } = preview;
  return (
    <Stack gap="sm">
      <Text fz="sm">
        {counted(preview.calls, "stored call")} in {counted(traces_count, "trace")} and{" "}
        {counted(sessions_count, "session")}: <Before {...preview} /> → <After {...preview} />
      </Text>
      <Changes
        caption="By model"
        rows={models.map((model) => ({ ...model, key: model.model, name: model.model }))}
      />
      <Changes
        caption={sessions_count > sessions.length ? "Most changed sessions" : "By session"}
        rows={sessions.map((session) => ({
          ...session,
          key: session.session_id,
          name: (
            <Anchor
              inherit
              renderRoot={(props) => (
                <Link
                  to="/sessions/$sessionId"
                  params={{ sessionId: session.session_id }}
                  {...props}
                />
              )}
            >
              {session.session_id}
            </Anchor>
          ),
        }))}
      />
    </Stack>
  );
}

type Row = Change & { key: string; name: ReactNode };

function Changes({ caption, rows }: { caption: string; rows: readonly Row[] }) {
  if (rows.length === 0) return null;
  return (
    <Table fz="sm" verticalSpacing={4} horizontalSpacing={6} captionSide="top">
      <Table.Caption ta="left" mt={0}>
        {caption}
      </Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{caption === "By model" ? "Model" : "Session"}</Table.Th>
          <Table.Th ta="right" className="tabular">
            Calls
          </Table.Th>
          <Table.Th ta="right" className="tabular">
            Before
          </Table.Th>
          <Table.Th ta="right" className="tabular">
            After
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.key}>
            <Table.Td>{row.name}</Table.Td>
            <Table.Td ta="right" className="tabular">
              {count(row.calls)}
            </Table.Td>
            <Table.Td ta="right">
              <Before {...row} />
            </Table.Td>
            <Table.Td ta="right">
              <After {...row} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Before({ cost_before, unpriced_before, calls }: Change) {
  return <Money dollars={cost_before} unpricedCalls={unpriced_before} calls={calls} />;
}

function After({ cost_after, unpriced_after, calls }: Change) {
  return <Money dollars={cost_after} unpricedCalls={unpriced_after} calls={calls} />;
}
