import { Button, List, Stack, Text, Title } from "@mantine/core";

import { type ApiError, asApiError } from "@/api/errors";

interface Props {
  error: unknown;
  onRetry?: () => void;
}

/** In place of what could not be read: what was wrong, and what to do next. */
export function ErrorState({ error, onRetry }: Props) {
  const apiError = asApiError(error);
  return (
    <Stack align="center" gap="xs" py={48} px="md" role="alert">
      <Title order={2} fz="md" fw={600}>
        {apiError.message}
      </Title>
      {apiError.errors.length > 1 && (
        <List size="sm">
          {apiError.errors.map(({ path, message }) => (
            <List.Item key={`${path} ${message}`}>
              {path ? `${path}: ${message}` : message}
            </List.Item>
          ))}
        </List>
      )}
      <Text c="dimmed" ta="center" maw={520}>
        {adviceFor(apiError)}
      </Text>
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
    </Stack>
  );
}

function adviceFor(error: ApiError): string {
  if (error.isUnreachable) return "Is the server running, and is this machine connected to it?";
  switch (error.code) {
    case "400":
      return "Something in the address or in what was typed is not valid: change it, or start over from the navigation.";
    case "401":
      return "Sign in with an API key.";
    case "403":
      return "Sign in with a key that may do this.";
    case "404":
      return "It may have been deleted, or belong to another workspace.";
    case "429":
    case "503":
      return "The server has too much to do: try again in a moment, or ask for a shorter time.";
    case "unexpected":
      return "That went wrong in this page: load it anew, or go on to another.";
    default:
      return "The server's log has the reason.";
  }
}
