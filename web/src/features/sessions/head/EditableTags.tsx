import { ActionIcon, Badge, Group } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useState } from "react";

import { TagsField } from "@/components/TagsField";
import { visible } from "@/text/visible";
import classes from "./head.module.css";

interface Props {
  tags: readonly string[];
  /** Without it, the tags are read-only. */
  onChange?: (tags: string[]) => void;
}

const MAX_TAGS = 100;

/** Tags with inline editing: leaving the field saves, Esc cancels. */
export function EditableTags({ tags, onChange }: Props) {
  const [draft, setDraft] = useState<string[] | null>(null);
  if (draft && onChange) {
    const save = () => {
      setDraft(null);
      if (draft.join("\0") !== tags.join("\0")) onChange(draft);
    };
    return (
      <TagsField
        className={classes.field}
        aria-label="Tags"
        placeholder="Add a tag"
        initial={draft}
        maxTags={MAX_TAGS}
        autoFocus
        onChange={setDraft}
        onBlur={save}
        onKeyDown={({ key }) => {
          if (key === "Escape") setDraft(null);
        }}
      />
    );
  }
  return (
    <Group gap={4}>
      {tags.map((tag) => (
        <Badge key={tag} variant="default" tt="none" fw={500} maw={240}>
          {visible(tag)}
        </Badge>
      ))}
      {onChange && (
        <ActionIcon aria-label="Edit tags" onClick={() => setDraft([...tags])}>
          <IconPencil size={14} />
        </ActionIcon>
      )}
    </Group>
  );
}
