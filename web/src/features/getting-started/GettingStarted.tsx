import { Anchor, Group, Stack, Tabs, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";

import { Code } from "@/components/Code";
import { useMe } from "@/features/sign-in/me_data";
import { ArrivalLine } from "./ArrivalLine";
import classes from "./GettingStarted.module.css";
import { SampleData } from "./SampleData";
import { snippetsFor } from "./snippets";

interface Props {
  /** Called when the user wants to see the data that arrived. */
  onDone?: () => void;
}

/** Shows how to send the first trace and whether it arrived, and offers sample data. */
export function GettingStarted({ onDone }: Props) {
  const isKeyRequired = useMe().data?.is_key_required ?? false;
  const snippets = snippetsFor(location.origin, isKeyRequired);
  return (
    <Stack className={classes.card} gap="md">
      <div>
        <Title order={2} fz="lg" fw={650}>
          Send the first trace
        </Title>
        <Text c="dimmed">
          Point an OpenTelemetry exporter here. Its traces are grouped into sessions and priced as
          they arrive.
          {isKeyRequired && (
            <>
              {" "}
              This server requires an API key:{" "}
              <Anchor
                inherit
                renderRoot={(props) => (
                  <Link to="/settings/{-$section}" params={{ section: "api-keys" }} {...props} />
                )}
              >
                create one
              </Anchor>
              .
            </>
          )}
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
        <SampleData onLoaded={onDone} />
      </Group>
    </Stack>
  );
}
