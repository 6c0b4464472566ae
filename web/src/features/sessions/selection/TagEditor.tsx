import { Button, Group, Popover, Stack, TagsInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconTag, IconTagOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";

import { api, data } from "@/api/client";
import { count } from "@/format/count";
import { MAX_TAGGED, useChangeTags } from "./bulk_changes";

interface Props {
  selected: ReadonlySet<string>;
  verb: "add" | "remove";
}

const MAX_SUGGESTED = 12;
const VERBS = {
  add: { label: "Add tags", Icon: IconTag },
  remove: { label: "Remove tags", Icon: IconTagOff },
} as const;

/** Adds or removes tags of the selected sessions. */
export function TagEditor({ selected, verb }: Props) {
  const { label, Icon } = VERBS[verb];
  const [isOpen, { toggle, close }] = useDisclosure();
  const [tags, setTags] = useState<string[]>([]);
  const change = useChangeTags();
  const known = useQuery({
    queryKey: ["sessions", "tags"],
    queryFn: ({ signal }) => data(api.GET("/v2/sessions/tags", { signal })),
    enabled: isOpen,
  });
  const isTooMany = selected.size > MAX_TAGGED;
  const suggested = (known.data ?? []).filter((tag) => !tags.includes(tag)).slice(0, MAX_SUGGESTED);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (tags.length === 0 || isTooMany) return;
    const changed = { add: [], remove: [], [verb]: tags };
    change.mutate(
      { ids: selected, ...changed },
      {
        onSuccess: () => {
          setTags([]);
          close();
        },
      },
    );
  };
  return (
    <Popover opened={isOpen} onChange={close} trapFocus withinPortal>
      <Popover.Target>
        <Button variant="default" leftSection={<Icon size={14} aria-hidden />} onClick={toggle}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <form onSubmit={submit}>
          <Stack gap="xs" w={260}>
            <TagsInput
              label="Tags"
              description="Press Enter after each tag"
              error={isTooMany && `Select at most ${count(MAX_TAGGED)} sessions.`}
              data-autofocus
              value={tags}
              onChange={setTags}
              acceptValueOnBlur
            />
            <Group gap={4}>
              {suggested.map((tag) => (
                <Button
                  key={tag}
                  size="compact-xs"
                  variant="default"
                  onClick={() => setTags([...tags, tag])}
                >
                  {tag}
                </Button>
              ))}
            </Group>
            <Button type="submit" loading={change.isPending} disabled={isTooMany}>
              {label}
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
