import {
  Alert,
  Button,
  Checkbox,
  Group,
  Modal,
  Select,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { type SubmitEvent, useState } from "react";

import { asApiError } from "@/api/errors";
import { Code } from "@/components/Code";
import { useProjects } from "@/features/projects/projects_data";
import type { Scope } from "@/features/sign-in/me_data";
import { useCreateApiKey } from "./api_keys_data";

const SCOPES: { scope: Scope; label: string }[] = [
  { scope: "ingest", label: "ingest: send traces" },
  { scope: "read", label: "read: view everything except keys and the audit log" },
  { scope: "write", label: "write: read, change, delete and share" },
  { scope: "admin", label: "admin: all of the above, keys and settings" },
];
const DAY_MS = 86_400_000;
const LIFETIMES = [
  { value: "0", label: "Never" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
];

/** Creates an API key and shows its secret once. */
export function ApiKeyForm({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<string[]>(["ingest", "read"]);
  const [project, setProject] = useState<string | null>(null);
  const [days, setDays] = useState("0");
  const create = useCreateApiKey();
  const projects = useProjects().data?.data ?? [];
  // The secret is shown only once: a stray click or key must not close the dialog.
  const mustStayOpen = create.isPending || create.isSuccess;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    create.mutate({
      name,
      scopes: SCOPES.map(({ scope }) => scope).filter((scope) => scopes.includes(scope)),
      project_id: project ?? "",
      expires_at: days === "0" ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString(),
      workspace_id: "",
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title="New API key"
      centered
      size="lg"
      closeOnClickOutside={!mustStayOpen}
      closeOnEscape={!mustStayOpen}
    >
      {create.data ? (
        <CreatedKey secret={create.data.key} onClose={onClose} />
      ) : (
        <form onSubmit={submit}>
          <Stack>
            <TextInput
              label="Name"
              description="The application or person that uses it."
              value={name}
              required
              data-autofocus
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Checkbox.Group label="Scopes" value={scopes} onChange={setScopes}>
              <Stack gap={6} mt={4}>
                {SCOPES.map(({ scope, label }) => (
                  <Checkbox key={scope} value={scope} label={label} size="xs" />
                ))}
              </Stack>
            </Checkbox.Group>
            <Group grow align="flex-start">
              <Select
                label="Project"
                placeholder="All projects"
                data={projects.map(({ id, name: label }) => ({ value: id, label }))}
                value={project}
                clearable
                searchable
                onChange={setProject}
              />
              <Select
                label="Expires"
                data={LIFETIMES}
                value={days}
                allowDeselect={false}
                onChange={(value) => setDays(value ?? "0")}
              />
            </Group>
            {create.isError && <Alert color="red">{asApiError(create.error).message}</Alert>}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={create.isPending} disabled={scopes.length === 0}>
                Create key
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

function CreatedKey({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <Stack>
      <Text fw={600} size="sm">
        Copy it now. It will not be shown again.
      </Text>
      <Code what="API key">{secret}</Code>
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}
