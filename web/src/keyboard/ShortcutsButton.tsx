import { ActionIcon } from "@mantine/core";
import { IconKeyboard } from "@tabler/icons-react";

import { useShortcuts } from "./shortcuts";

export function ShortcutsButton() {
  const { showList } = useShortcuts();
  return (
    <ActionIcon aria-label="Keyboard shortcuts" onClick={showList}>
      <IconKeyboard size={16} />
    </ActionIcon>
  );
}
