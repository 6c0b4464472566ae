import { ActionIcon, Group, TextInput, Title } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useState } from "react";

import { visible } from "@/text/visible";
import classes from "./head.module.css";

interface Props {
  title: string;
  /** Without it, the title is read-only. */
  onChange?: (title: string) => void;
}

/** A title with inline editing: Enter or leaving the field saves, Esc cancels. */
export function EditableTitle({ title, onChange }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  if (draft !== null && onChange) {
    const save = () => {
      setDraft(null);
      if (draft.trim() && draft.trim() !== title) onChange(draft.trim());
    };
    return (
      <TextInput
        className={classes.field}
        aria-label="Title"
        value={draft}
        autoFocus
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === "Enter") save();
          if (event.key === "Escape") setDraft(null);
        }}
      />
    );
  }
  return (
    <Group gap={4} wrap="nowrap" miw={0} flex="1 1 300px">
      <Title order={1} fz="lg" fw={650} className="one-line" title={visible(title)}>
        <bdi>{visible(title)}</bdi>
      </Title>
      {onChange && (
        <ActionIcon aria-label="Edit title" onClick={() => setDraft(title)}>
          <IconPencil size={14} />
        </ActionIcon>
      )}
    </Group>
  );
}
