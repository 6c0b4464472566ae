import { Button, List, Stack, Text, Title } from "@mantine/core";

import { type ApiError, asApiError } from "@/api/errors";

interface Props {
  error: unknown;
  onRetry?: () => void;
}

/** Shown in place of content that failed to load: what went wrong and what to do next. */
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
  if (error.isUnreachable)
    return "Check that the server is running and that this machine can connect to it.";
  switch (error.code) {
    case "400":
      return "A value in the URL or in a form is invalid. Correct it, or choose a page from the navigation.";
    case "401":
      return "Sign in with an API key.";
    case "403":
      return "Sign in with a key that has the required scope.";
    case "404":
      return "It may have been deleted, or belong to another workspace.";
    case "429":
    case "503":
      return "The server is overloaded. Try again in a moment, or choose a shorter time range.";
    case "unexpected":
      return "Reload the page, or choose another one.";
    default:
      return "See the server log for details.";
  }
}
