import { ActionIcon, Button, Group, Popover, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBookmark, IconTrash } from "@tabler/icons-react";
import { type SubmitEvent, useState } from "react";

import { type CommonSearch, FIRST_PAGE } from "@/url_state/common_search";
import type { SessionsSearch } from "../sessions_search";
import { useSavedViews } from "./saved_views";

interface Props {
  search: CommonSearch & SessionsSearch;
  onChoose: (search: CommonSearch & SessionsSearch) => void;
}

/** A menu to save filters, sort and time range under a name, and to restore them. */
export function ViewMenu({ search, onChoose }: Props) {
  const { views, save, remove } = useSavedViews();
  const [isOpen, { toggle, close }] = useDisclosure();
  const [name, setName] = useState("");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const trimmed = name.trim();
    if (!trimmed) return;
    const view = { ...search, ...FIRST_PAGE, view: trimmed };
    save({ name: trimmed, search: view });
    onChoose(view);
    setName("");
    close();
  };
  return (
    <Popover opened={isOpen} onChange={close} position="bottom-end" trapFocus withinPortal>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconBookmark size={14} aria-hidden />}
          onClick={toggle}
        >
          {search.view ?? "Views"}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label="Saved views">
        <Stack gap={4} w={240}>
          {views.length === 0 && (
            <Text size="xs" c="dimmed">
              Views save filters, sort and time range in this browser.
            </Text>
          )}
          {views.map((view) => (
            <Group key={view.name} gap={2} wrap="nowrap">
              <Button
                variant={view.name === search.view ? "light" : "subtle"}
                color={view.name === search.view ? undefined : "gray"}
                c={view.name === search.view ? undefined : "var(--mantine-color-text)"}
                fw={400}
                justify="flex-start"
                flex={1}
                onClick={() => {
                  onChoose(view.search);
                  close();
                }}
              >
                {view.name}
              </Button>
              <ActionIcon
                size="sm"
                aria-label={`Remove view ${view.name}`}
                onClick={() => remove(view.name)}
              >
                <IconTrash size={13} />
              </ActionIcon>
            </Group>
          ))}
          <form onSubmit={submit}>
            <Group gap={4} wrap="nowrap" mt={4}>
              <TextInput
                flex={1}
                aria-label="View name"
                placeholder="View name"
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Button type="submit" variant="default" disabled={!name.trim()}>
                Save
              </Button>
            </Group>
          </form>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
