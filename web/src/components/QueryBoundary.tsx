import { Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";

import { asApiError } from "@/api/errors";
import { ErrorState } from "./ErrorState";

interface Props {
  /** A result of `useQuery`. */
  query: { data: unknown; error: Error | null; refetch: () => unknown };
  /** Report a failure in one line, for secondary content of a page. */
  isInline?: boolean;
  /** The loaded content or, until then, a placeholder. */
  children: ReactNode;
}

/** Shows the content of a query; an error replaces it only if no data was ever loaded. */
export function QueryBoundary({ query, isInline = false, children }: Props) {
  const { data, error } = query;
  const isMissing = error !== null && data === undefined;
  const retry = () => void query.refetch();
  if (isMissing && !isInline) return <ErrorState error={error} onRetry={retry} />;
  // The content keeps its position in the tree, so that a form in it keeps its state.
  return (
    <>
      {error && (
        <Group gap="xs" role="status">
          <Text span inherit c="var(--app-warn)">
            {isMissing ? "Could not load" : "Could not refresh"}: {asApiError(error).message}
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
