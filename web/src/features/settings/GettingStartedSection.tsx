import { Stack, Text } from "@mantine/core";

import { Code } from "@/components/Code";
import { useMe } from "@/features/sign-in/me";

/** Where an application sends its traces. */
export function GettingStartedSection() {
  const isKeyRequired = useMe().data?.is_key_required ?? false;
  const lines = [`export OTEL_EXPORTER_OTLP_ENDPOINT=${location.origin}`];
  if (isKeyRequired) {
    lines.push('export OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer%20<your API key>"');
  }
  return (
    <Stack maw={760} gap="xs">
      <Text size="sm">
        An application that OpenTelemetry instruments already sends its traces here with:
      </Text>
      <Code what="environment variables">{lines.join("\n")}</Code>
    </Stack>
  );
}
