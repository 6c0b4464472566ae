import { Button, Group, Stack, Text } from "@mantine/core";

import { Duration } from "@/components/Duration";
import { EmptyState } from "@/components/EmptyState";
import { ErrorState } from "@/components/ErrorState";
import { LoadingRows } from "@/components/LoadingRows";
import { Money } from "@/components/Money";
import { Tokens } from "@/components/Tokens";
import { SharedPart } from "./SharedPart";
import classes from "./SharedPage.module.css";
import { type Turn, useSharedTurns } from "./shared_data";

interface Props {
  token: string;
  withMessages: boolean;
}

/** Who said what; without messages, who spoke. */
export function SharedTurns({ token, withMessages }: Props) {
  const turns = useSharedTurns(token);
  if (turns.isError) {
    return <ErrorState error={turns.error} onRetry={() => void turns.refetch()} />;
  }
  if (turns.isPending) return <LoadingRows count={6} height={40} />;
  const all = turns.data.pages.flatMap((page) => page.data);
  if (all.length === 0) return <EmptyState title="Nothing was said that is known" />;
  return (
    <Stack>
      <ol className={classes.turns}>
        {all.map((turn) => (
          <TurnItem key={turn.id} turn={turn} withMessages={withMessages} />
        ))}
      </ol>
      {turns.hasNextPage && (
        <Button
          variant="default"
          mx="auto"
          loading={turns.isFetchingNextPage}
          onClick={() => void turns.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </Stack>
  );
}

function TurnItem({ turn, withMessages }: { turn: Turn; withMessages: boolean }) {
  return (
    <li className={classes.turn} data-role={turn.role} data-failed={turn.is_error || undefined}>
      <Group justify="space-between" gap="xs">
        <Text fw={600} tt="capitalize">
          {turn.role}
        </Text>
        <Group gap="sm" c="dimmed" fz="xs">
          {turn.model && <span>{turn.model}</span>}
          {turn.total_cost !== undefined && <Duration ms={turn.duration} />}
          {turn.completion_tokens !== undefined && (
            <span>
              <Tokens tokens={turn.completion_tokens} /> tokens
            </span>
          )}
          {turn.total_cost !== undefined && <Money dollars={turn.total_cost} />}
        </Group>
      </Group>
      {turn.content.map((part, index) => (
        <SharedPart key={index} part={part} withMessages={withMessages} />
      ))}
      {turn.is_error && <Text c="var(--app-bad)">{turn.error ?? "Failed"}</Text>}
    </li>
  );
}
