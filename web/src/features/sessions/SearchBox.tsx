import { ActionIcon, TextInput, Tooltip } from "@mantine/core";
import { IconMessageSearch, IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";

interface Props {
  search: string;
  isInMessages: boolean;
  onChange: (search: string, isInMessages: boolean) => void;
}

const PAUSE_MS = 300;

/** Searches while somebody types; `/` comes here. */
export function SearchBox({ search, isInMessages, onChange }: Props) {
  const [typed, setTyped] = useState(search);
  const [known, setKnown] = useState(search);
  if (search !== known) {
    setKnown(search);
    setTyped(search);
  }
  useEffect(() => {
    if (typed === search) return;
    const timer = setTimeout(() => onChange(typed, isInMessages), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, search, isInMessages, onChange]);
  const label = isInMessages ? "Messages are searched, too" : "Search the messages, too";
  return (
    <TextInput
      data-search
      type="search"
      aria-label="Search"
      placeholder="Title, id, contact, tag"
      w={{ base: "100%", xs: 260 }}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={
        <Tooltip label={label}>
          <ActionIcon
            size="sm"
            aria-label="Search the messages, too"
            aria-pressed={isInMessages}
            variant={isInMessages ? "light" : "subtle"}
            color={isInMessages ? "indigo" : "gray"}
            onClick={() => onChange(typed, !isInMessages)}
          >
            <IconMessageSearch size={14} />
          </ActionIcon>
        </Tooltip>
      }
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}
