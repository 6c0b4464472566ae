import { Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconTrash } from "@tabler/icons-react";

import { Confirm } from "@/components/Confirm";
import { useMay } from "@/features/sign-in/me";
import { counted } from "@/format/count";
import { ExportMenu } from "../export/ExportMenu";
import { selectionOfIds } from "../sessions_query";
import { useDeleteSessions } from "./bulk_changes";
import { TagEditor } from "./TagEditor";
import type { SelectedSessions } from "./use_selection";

/** What the reader may do with the selected sessions. */
export function SelectionBar({ selection }: { selection: SelectedSessions }) {
  const { selected, deselect, clear } = selection;
  const [isAsking, { open, close }] = useDisclosure();
  const deletion = useDeleteSessions(deselect);
  const mayWrite = useMay("write");
  const sessions = counted(selected.size, "session");
  return (
    <Group gap="xs" role="group" aria-label="Selected sessions">
      <Text className="tabular" fw={550}>
        {sessions} selected
      </Text>
      {mayWrite && <TagEditor selected={selected} verb="add" />}
      {mayWrite && <TagEditor selected={selected} verb="remove" />}
      <ExportMenu label="Export" selection={() => selectionOfIds(selected)} />
      {mayWrite && (
        <Button variant="default" leftSection={<IconTrash size={14} aria-hidden />} onClick={open}>
          Delete
        </Button>
      )}
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
