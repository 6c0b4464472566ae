import { Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";

import { asApiError } from "@/api/errors";
import { ErrorState } from "./ErrorState";

interface Props {
  /** A query has all of it. */
  query: { data: unknown; error: Error | null; refetch: () => unknown };
  /** The page is about something else: that this was not read takes no more than a line. */
  isInline?: boolean;
  /** What was read; until then, that it is being read. */
  children: ReactNode;
}

/** What a query reads; a failure takes its place only while there is nothing to show. */
export function QueryBoundary({ query, isInline = false, children }: Props) {
  const { data, error } = query;
  const isMissing = error !== null && data === undefined;
  const retry = () => void query.refetch();
  if (isMissing && !isInline) return <ErrorState error={error} onRetry={retry} />;
  // The content stays at its place in the tree, so that a form in it keeps what was typed.
  return (
    <>
      {error && (
        <Group gap="xs" role="status">
          <Text span inherit c="var(--app-warn)">
            {isMissing ? "Not read" : "The last reading failed"}: {asApiError(error).message}
          </Text>
          <Button variant="default" size="compact-xs" onClick={retry}>
            Try again
          </Button>
        </Group>
      )}
      {!isMissing && children}
    </>
  );
}
