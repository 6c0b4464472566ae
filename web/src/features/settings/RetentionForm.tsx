import { Alert, Button, Group, NumberInput, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";

import type { Schema } from "@/api/client";
import { asApiError } from "@/api/errors";
import { Confirm } from "@/components/Confirm";
import { counted } from "@/format/count";
import { useChangeRetention, useRetentionPreview } from "./retention_data";

const MAX_DAYS = 36_500;
const TYPING_MS = 300;

/** Changes the retention, with a preview of the affected data. */
export function RetentionForm({ retention }: { retention: Schema<"RetentionBody"> }) {
  const [days, setDays] = useState(retention.days);
  const [asked, setAsked] = useState<number | null | undefined>();
  const [shown] = useDebouncedValue(days, TYPING_MS);
  const previewed = asked === null ? retention.server_days : shown;
  const preview = useRetentionPreview(previewed, previewed === retention.days);
  const isReady = previewed === 0 || preview.isSuccess;
  const change = useChangeRetention();
  const error = change.error ?? preview.error;
  const affected =
    preview.data &&
    `${counted(preview.data.sessions_count, "session")} and ${counted(preview.data.traces_count, "trace")} without a session`;
  const server = retention.server_days === 0 ? "forever" : counted(retention.server_days, "day");
  return (
    <Stack gap="sm" maw={640}>
      <Group align="flex-end" gap="sm">
        <NumberInput
          label="Days without activity"
          description="0 keeps everything."
          min={0}
          max={MAX_DAYS}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="strict"
          w={180}
          value={days}
          onChange={(value) => setDays(Number(value) || 0)}
        />
        <Button
          disabled={
            !isReady ||
            days !== previewed ||
            (days === retention.days && retention.workspace_days !== undefined)
          }
          onClick={() => setAsked(days)}
        >
          Change
        </Button>
        {retention.workspace_days !== undefined && (
          <Button variant="default" onClick={() => setAsked(null)}>
            Use server default: {server}
          </Button>
        )}
      </Group>
      <Text c="dimmed" size="sm" role="status">
        {days === 0
          ? "Nothing would be deleted."
          : `${(days === previewed && affected) || "…"} would be deleted now.`}
      </Text>
      {error && <Alert color="red">{asApiError(error).message}</Alert>}
      <Confirm
        title={previewed ? `Keep only ${counted(previewed, "day")}?` : "Keep everything?"}
        action="Change retention"
        isOpen={asked !== undefined}
        isDestructive={previewed > 0}
        isReady={isReady}
        isRunning={change.isPending}
        onConfirm={() => {
          if (asked !== undefined) change.mutate(asked, { onSettled: () => setAsked(undefined) });
        }}
        onClose={() => setAsked(undefined)}
      >
        {asked === null && "The server default will apply again. "}
        {previewed
          ? `${affected ?? "…"} will be deleted now, and expired data every hour from then on. This cannot be undone.`
          : "Nothing will be deleted from now on."}
      </Confirm>
    </Stack>
  );
}
