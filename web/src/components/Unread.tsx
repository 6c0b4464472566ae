import { Button, Group, Text } from "@mantine/core";

import { asApiError } from "@/api/errors";
import type { Paged } from "@/api/use_rest";

interface Props {
  /** What is missing: "The rest". */
  what: string;
  error: unknown;
  onRetry: () => void;
  isRetrying?: boolean;
}

/** Beside what was read: what could not be, and why. */
export function Unread({ what, error, onRetry, isRetrying }: Props) {
  return (
    <Group gap="xs" px="md" py="xs" role="alert">
      <Text span c="var(--app-bad)">
        {what} could not be read: {asApiError(error).message}
      </Text>
      <Button variant="default" loading={isRetrying} onClick={onRetry}>
        Try again
      </Button>
    </Group>
  );
}

/** Below the pages that were read, where the next one failed. */
export function UnreadRest({ query }: { query: Paged }) {
  const { isError, hasNextPage, isFetching, error, fetchNextPage } = query;
  if (!isError || !hasNextPage) return null;
  return (
    <Unread
      what="The rest"
      error={error}
      isRetrying={isFetching}
      onRetry={() => void fetchNextPage()}
    />
  );
}
