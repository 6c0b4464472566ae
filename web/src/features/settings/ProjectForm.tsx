import { Alert, Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";

import { asApiError } from "@/api/errors";
import {
  type Project,
  useCreateProject,
  useRenameProject,
} from "@/features/projects/projects_data";

interface Props {
  project: Project | "new";
  onClose: () => void;
}

/** Creates or renames a project. */
export function ProjectForm({ project, onClose }: Props) {
  const known = project === "new" ? null : project;
  const [id, setId] = useState(known?.id ?? "");
  const [name, setName] = useState(known?.name ?? "");
  const create = useCreateProject();
  const rename = useRenameProject();
  const running = known ? rename : create;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const options = { onSuccess: onClose };
    if (known) rename.mutate({ id, name }, options);
    else create.mutate({ id, name: name || null }, options);
  };
  return (
    <Modal opened onClose={onClose} title={known ? `Rename ${known.name}` : "New project"} centered>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label="Id"
            description="The project id in spans."
            value={id}
            disabled={known !== null}
            required
            data-autofocus={known ? undefined : true}
            onChange={(event) => setId(event.currentTarget.value)}
          />
          <TextInput
            label="Name"
            value={name}
            placeholder={id}
            required={known !== null}
            data-autofocus={known ? true : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {running.isError && <Alert color="red">{asApiError(running.error).message}</Alert>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={running.isPending}>
              {known ? "Rename" : "Create project"}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
