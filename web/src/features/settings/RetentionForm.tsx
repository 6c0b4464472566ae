import { Alert, Button, Group, NumberInput, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";

import type { Schema } from "@/api/client";
import { asApiError } from "@/api/errors";
import { Confirm } from "@/components/Confirm";
import { counted } from "@/format/count";
import { useChangeRetention, useRetentionPreview } from "./retention_data";

const MOST_DAYS = 36_500;
const TYPING_MS = 300;

/** Changes the retention; says before what would go. */
export function RetentionForm({ retention }: { retention: Schema<"RetentionBody"> }) {
  const [days, setDays] = useState(retention.days);
  const [asked, setAsked] = useState<number | null | undefined>();
  const [shown] = useDebouncedValue(days, TYPING_MS);
  const { data: preview } = useRetentionPreview(shown, shown > 0 && shown === retention.days);
  const change = useChangeRetention();
  const gone =
    preview &&
    `${counted(preview.sessions_count, "session")} and ${counted(preview.traces_count, "trace")} in none`;
  const server = retention.server_days === 0 ? "for ever" : counted(retention.server_days, "day");
  return (
    <Stack gap="sm" maw={640}>
      <Group align="flex-end" gap="sm">
        <NumberInput
          label="Days without activity"
          description="0 keeps everything."
          min={0}
          max={MOST_DAYS}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="strict"
          w={180}
          value={days}
          onChange={(value) => setDays(Number(value) || 0)}
        />
        <Button
          disabled={days === retention.days && retention.workspace_days !== undefined}
          onClick={() => setAsked(days)}
        >
          Change
        </Button>
        {retention.workspace_days !== undefined && (
          <Button variant="default" onClick={() => setAsked(null)}>
            As the server says: {server}
          </Button>
        )}
      </Group>
      <Text c="dimmed" size="sm" role="status">
        {days === 0 ? "Nothing would be deleted." : `It would delete ${gone ?? "…"} now.`}
      </Text>
      {change.isError && <Alert color="red">{asApiError(change.error).message}</Alert>}
      <Confirm
        title={asked ? `Keep only ${counted(asked, "day")}?` : "Change the retention?"}
        action="Change it"
        isOpen={asked !== undefined}
        isDestructive={Boolean(asked)}
        isRunning={change.isPending}
        onConfirm={() => {
          if (asked !== undefined) change.mutate(asked, { onSettled: () => setAsked(undefined) });
        }}
        onClose={() => setAsked(undefined)}
      >
        {asked
          ? `${gone ?? "What is older"} will be deleted at once, and from then on every hour. This cannot be undone.`
          : asked === null
            ? `What the server says is in force again: ${server}.`
            : "From now on everything is kept."}
      </Confirm>
    </Stack>
  );
}
