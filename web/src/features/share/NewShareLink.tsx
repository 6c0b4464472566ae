import { Alert, Button, Group, Select, Stack, Switch, Text } from "@mantine/core";
import { useState } from "react";

import { asApiError } from "@/api/errors";
import { Code } from "@/components/Code";
import { useCreateShareLink } from "./share_links_data";

const DAY_SECONDS = 86_400;
const LIFETIMES = [
  { value: String(DAY_SECONDS), label: "1 day" },
  { value: String(7 * DAY_SECONDS), label: "7 days" },
  { value: String(30 * DAY_SECONDS), label: "30 days" },
  { value: String(365 * DAY_SECONDS), label: "1 year" },
];
const WEEK = String(7 * DAY_SECONDS);

/** Creates a share link and shows it once. */
export function NewShareLink({ sessionId }: { sessionId: string }) {
  const [seconds, setSeconds] = useState(WEEK);
  const [withMessages, setWithMessages] = useState(false);
  const create = useCreateShareLink(sessionId);
  return (
    <Stack gap="xs">
      <Group align="flex-end" gap="sm">
        <Select
          label="Expires after"
          data={LIFETIMES}
          value={seconds}
          allowDeselect={false}
          w={110}
          onChange={(value) => setSeconds(value ?? WEEK)}
        />
        <Switch
          mb={6}
          label="Include messages"
          checked={withMessages}
          onChange={(event) => setWithMessages(event.currentTarget.checked)}
        />
        <Button
          ml="auto"
          loading={create.isPending}
          onClick={() =>
            create.mutate({ expires_in: Number(seconds), with_messages: withMessages })
          }
        >
          Create link
        </Button>
      </Group>
      {create.isError && <Alert color="red">{asApiError(create.error).message}</Alert>}
      {create.data && (
        <div>
          <Text fw={600} size="sm" mb={4}>
            Copy it now. It will not be shown again.
          </Text>
          {/* The origin as this browser sees it, which the server may not know behind a proxy. */}
          <Code what="link">{`${location.origin}/shared/${create.data.token}`}</Code>
        </div>
      )}
    </Stack>
  );
}
