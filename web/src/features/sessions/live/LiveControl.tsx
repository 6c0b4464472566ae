import { ActionIcon, Button, Group, Tooltip } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";

import { counted } from "@/format/count";
import classes from "./LiveControl.module.css";

interface Props {
  isPaused: boolean;
  isConnected: boolean;
  /** How many sessions the list does not show yet; or of many, how many at least. */
  unseen: { count: number; isAtLeast: boolean };
  onPause: (isPaused: boolean) => void;
  onShow: () => void;
}

/** Whether rows change as spans arrive, and what arrived that the list does not show yet. */
export function LiveControl({ isPaused, isConnected, unseen, onPause, onShow }: Props) {
  const label = isPaused ? "Go on: rows change as spans arrive" : "Pause: rows stay as they are";
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
          aria-label={isPaused ? "Go on" : "Pause"}
          onClick={() => onPause(!isPaused)}
        >
          {isPaused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
