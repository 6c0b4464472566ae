import { Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconTrash } from "@tabler/icons-react";

import { Confirm } from "@/components/Confirm";
import { counted } from "@/format/count";
import { ExportMenu } from "../export/ExportMenu";
import { selectionOfIds } from "../sessions_query";
import { useDeleteSessions } from "./bulk_changes";
import { TagEditor } from "./TagEditor";
import type { SelectedSessions } from "./use_selection";

/** What can be done with the selected sessions. */
export function SelectionBar({ selection }: { selection: SelectedSessions }) {
  const { selected, deselect, clear } = selection;
  const [isAsking, { open, close }] = useDisclosure();
  const deletion = useDeleteSessions(deselect);
  const sessions = counted(selected.size, "session");
  return (
    <Group gap="xs" role="group" aria-label="Selected sessions">
      <Text className="tabular" fw={550}>
        {sessions} selected
      </Text>
      <TagEditor selected={selected} verb="add" />
      <TagEditor selected={selected} verb="remove" />
      <ExportMenu label="Export" selection={() => selectionOfIds(selected)} />
      <Button variant="default" leftSection={<IconTrash size={14} aria-hidden />} onClick={open}>
        Delete
      </Button>
      <Button variant="subtle" onClick={clear}>
        Clear
      </Button>
      <Confirm
        title={`Delete ${sessions}?`}
        action={`Delete ${sessions}`}
        isOpen={isAsking}
        isRunning={deletion.isPending}
        isDestructive
        onConfirm={() => deletion.mutate(selected, { onSettled: close })}
        onClose={close}
      >
        With them go all of their traces and spans. This cannot be undone.
      </Confirm>
    </Group>
  );
}
