import { Alert, Checkbox, Stack, Text } from "@mantine/core";
import { useState } from "react";

import { asApiError } from "@/api/errors";
import { Confirm } from "@/components/Confirm";
import { type Project, useDeleteProject } from "@/features/projects/projects_data";
import { counted } from "@/format/count";

interface Props {
  project: Project;
  onClose: () => void;
}

/** Confirms the deletion of a project, optionally with its spans. */
export function DeleteProject({ project, onClose }: Props) {
  const [erase, setErase] = useState(false);
  const remove = useDeleteProject();
  const traces = counted(project.traces_count, "trace");
  return (
    <Confirm
      title={`Delete project ${project.name}?`}
      action={erase ? `Delete project and ${traces}` : "Delete project"}
      isOpen
      isDestructive
      isRunning={remove.isPending}
      onConfirm={() => remove.mutate({ id: project.id, erase }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text>
          This deletes its name. While spans belong to the project, it stays in the list under its
          id.
        </Text>
        <Checkbox
          label={`Also erase its spans (${traces}). This cannot be undone.`}
          checked={erase}
          onChange={(event) => setErase(event.currentTarget.checked)}
        />
        {remove.isError && <Alert color="red">{asApiError(remove.error).message}</Alert>}
      </Stack>
    </Confirm>
  );
}
