import { ActionIcon, Button, Group, Tooltip } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";

import { counted } from "@/format/count";
import classes from "./LiveControl.module.css";

interface Props {
  isPaused: boolean;
  isConnected: boolean;
  /** The number of sessions that the list does not show yet, or a lower bound of it. */
  unseen: { count: number; isAtLeast: boolean };
  onPause: (isPaused: boolean) => void;
  onShow: () => void;
}

/** Pauses and resumes live updates, and offers to show new sessions. */
export function LiveControl({ isPaused, isConnected, unseen, onPause, onShow }: Props) {
  const label = isPaused ? "Resume live updates" : "Pause live updates";
  return (
    <Group gap="xs">
      {unseen.count > 0 && (
        <Button variant="light" size="compact-xs" onClick={onShow}>
          Show {unseen.isAtLeast && "at least "}
          {counted(unseen.count, "new session")}
        </Button>
      )}
      <span className={classes.live} data-live={(!isPaused && isConnected) || undefined}>
        {isPaused ? "Paused" : isConnected ? "Live" : "Connecting"}
      </span>
      <Tooltip label={label}>
        <ActionIcon
          size="sm"
          aria-label={isPaused ? "Resume" : "Pause"}
          onClick={() => onPause(!isPaused)}
        >
          {isPaused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
