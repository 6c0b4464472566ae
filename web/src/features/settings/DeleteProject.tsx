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

/** Asks whether a project goes, and whether its spans go with it. */
export function DeleteProject({ project, onClose }: Props) {
  const [erase, setErase] = useState(false);
  const remove = useDeleteProject();
  const traces = counted(project.traces_count, "trace");
  return (
    <Confirm
      title={`Delete the project ${project.name}?`}
      action={erase ? `Delete it with ${traces}` : "Delete its record"}
      isOpen
      isDestructive
      isRunning={remove.isPending}
      onConfirm={() => remove.mutate({ id: project.id, erase }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text>
          Its name goes. What spans say stays: while any of them names the project, it is listed by
          its id.
        </Text>
        <Checkbox
          label={`Erase its spans too, of ${traces}. This cannot be undone.`}
          checked={erase}
          onChange={(event) => setErase(event.currentTarget.checked)}
        />
        {remove.isError && <Alert color="red">{asApiError(remove.error).message}</Alert>}
      </Stack>
    </Confirm>
  );
}
