import { Button, Group, Text } from "@mantine/core";

import { asApiError } from "@/api/errors";

interface Props {
  /** The content that is missing: "the rest". */
  what: string;
  error: unknown;
  onRetry: () => void;
  isRetrying?: boolean;
}

/** Reports next to loaded content which part failed to load, and why. */
export function LoadError({ what, error, onRetry, isRetrying }: Props) {
  return (
    <Group gap="xs" px="md" py="xs" role="alert">
      <Text span c="var(--app-bad)">
        Could not load {what}: {asApiError(error).message}
      </Text>
      <Button variant="default" loading={isRetrying} onClick={onRetry}>
        Try again
      </Button>
    </Group>
  );
}
