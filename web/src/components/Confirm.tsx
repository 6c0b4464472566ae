import { Button, Group, Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";

import { visible } from "@/text/visible";

interface Props {
  /** A question: "Delete 3 sessions?" */
  title: string;
  /** What will happen, and whether it can be undone. */
  children: ReactNode;
  /** The label of the button, a verb: "Delete 3 sessions". */
  action: string;
  isOpen: boolean;
  /** Whether the consequences have been loaded; until then the button is disabled. */
  isReady?: boolean;
  isRunning?: boolean;
  isDestructive?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks for confirmation of an action that is hard to undo. */
export function Confirm(props: Props) {
  const { title, children, action, isOpen, isReady = true, onConfirm, onClose } = props;
  return (
    <Modal opened={isOpen} onClose={onClose} title={visible(title)} centered size="md">
      <Stack>
        <div>{children}</div>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button
            color={props.isDestructive ? "red.9" : undefined}
            disabled={!isReady}
            loading={props.isRunning}
            onClick={onConfirm}
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
