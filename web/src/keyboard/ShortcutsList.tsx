import { Kbd, Modal, Table } from "@mantine/core";

import type { Shortcut } from "./shortcuts";

interface Props {
  shortcuts: readonly Shortcut[];
  isShown: boolean;
  onClose: () => void;
}

export function ShortcutsList({ shortcuts, isShown, onClose }: Props) {
  const byKey = new Map(shortcuts.map((shortcut) => [shortcut.key, shortcut.label]));
  return (
    <Modal opened={isShown} onClose={onClose} title="Keyboard shortcuts" size="sm">
      <Table>
        <Table.Tbody>
          {[...byKey].map(([key, label]) => (
            <Table.Tr key={key}>
              <Table.Td w={80}>
                <Kbd>{key === "Escape" ? "esc" : key.toLowerCase()}</Kbd>
              </Table.Td>
              <Table.Td>{label}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
