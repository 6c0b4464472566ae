import { Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconTrash } from "@tabler/icons-react";

import { Confirm } from "@/components/Confirm";
import { useHasScope } from "@/features/sign-in/me_data";
import { counted } from "@/format/count";
import { ExportMenu } from "../export/ExportMenu";
import { selectionOfIds } from "../session_selection";
import { useDeleteSessions } from "./bulk_changes";
import { TagEditor } from "./TagEditor";
import type { SelectedSessions } from "./use_selection";

/** Bulk actions on the selected sessions. */
export function SelectionBar({ selection }: { selection: SelectedSessions }) {
  const { selected, deselect, clear } = selection;
  const [isAsking, { open, close }] = useDisclosure();
  const deletion = useDeleteSessions(deselect);
  const canWrite = useHasScope("write");
  const sessions = counted(selected.size, "session");
  return (
    <Group gap="xs" role="group" aria-label="Selected sessions">
      <Text className="tabular" fw={550}>
        {sessions} selected
      </Text>
      {canWrite && <TagEditor selected={selected} verb="add" />}
      {canWrite && <TagEditor selected={selected} verb="remove" />}
      <ExportMenu label="Export" selection={() => selectionOfIds(selected)} />
      {canWrite && (
        <Button variant="default" leftSection={<IconTrash size={14} aria-hidden />} onClick={open}>
          Delete
        </Button>
      )}
      <Button variant="subtle" onClick={clear}>
        Clear selection
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
        Their traces and spans will be deleted too. This cannot be undone.
      </Confirm>
    </Group>
  );
}
