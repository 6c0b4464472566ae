import { Button, Group, Stack, Tabs, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, data } from "@/api/client";
import { asApiError } from "@/api/errors";
import { Code } from "@/components/Code";
import { ArrivalLine } from "./ArrivalLine";
import classes from "./GettingStarted.module.css";
import { snippetsFor } from "./snippets";

interface Props {
  /** Called when there is something to look at, and the reader wants to. */
  onDone?: () => void;
}

/** How to send the first trace, and whether it arrived; or the sample data, to look around. */
export function GettingStarted({ onDone }: Props) {
  const snippets = snippetsFor(location.origin);
  const queryClient = useQueryClient();
  const sample = useMutation({
    mutationFn: () => data(api.POST("/v2/sample")),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      onDone?.();
    },
    onError: (error) =>
      notifications.show({
        color: "red",
        title: "The sample data was not loaded",
        message: asApiError(error).message,
      }),
  });
  return (
    <Stack className={classes.card} gap="md">
      <div>
        <Title order={2} fz="lg" fw={650}>
          Send the first trace
        </Title>
        <Text c="dimmed">
          Point an OpenTelemetry exporter here; its traces are grouped into sessions and priced as
          they arrive.
        </Text>
      </div>
      <Tabs defaultValue="environment" keepMounted={false}>
        <Tabs.List>
          {snippets.map(({ id, label }) => (
            <Tabs.Tab key={id} value={id}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {snippets.map(({ id, label, hint, code }) => (
          <Tabs.Panel key={id} value={id} pt="sm">
            <Text size="xs" c="dimmed" mb={6}>
              {hint}
            </Text>
            <Code what={label}>{code}</Code>
          </Tabs.Panel>
        ))}
      </Tabs>
      <Group justify="space-between">
        <ArrivalLine onDone={onDone} />
        <Button variant="default" loading={sample.isPending} onClick={() => sample.mutate()}>
          Load the sample data
        </Button>
      </Group>
    </Stack>
  );
}
