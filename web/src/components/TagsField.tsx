import { TagsInput, type TagsInputProps } from "@mantine/core";
import { useRef, useState } from "react";

interface Props extends Omit<TagsInputProps, "value" | "defaultValue" | "onChange"> {
  initial: readonly string[];
  onChange: (tags: string[]) => void;
}

/** A field for tags; text that is not confirmed with Enter yet counts as a tag. */
export function TagsField({ initial, onChange, ...props }: Props) {
  const [{ tags, typed }, setState] = useState({ tags: [...initial], typed: "" });
  // One keystroke changes both in turn, before the new state is rendered.
  const latest = useRef({ tags, typed });
  const change = (part: Partial<typeof latest.current>) => {
    latest.current = { ...latest.current, ...part };
    setState(latest.current);
    onChange(withTyped(latest.current.tags, latest.current.typed.trim()));
  };
  return (
    <TagsInput
      {...props}
      acceptValueOnBlur={false}
      value={tags}
      searchValue={typed}
      onChange={(changed) => change({ tags: changed })}
      onSearchChange={(text) => change({ typed: text })}
    />
  );
}

function withTyped(tags: string[], typed: string): string[] {
  const isKnown = tags.some((tag) => tag.toLowerCase() === typed.toLowerCase());
  return typed === "" || isKnown ? tags : [...tags, typed];
}
