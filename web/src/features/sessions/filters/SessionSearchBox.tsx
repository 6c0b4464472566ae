import { ActionIcon, Tooltip } from "@mantine/core";
import { IconMessageSearch } from "@tabler/icons-react";
import { useCallback } from "react";

import { SearchBox } from "@/components/SearchBox";

interface Props {
  search: string;
  isInMessages: boolean;
  onChange: (search: string, isInMessages: boolean) => void;
}

/** Searches sessions by title, ids, contact and tags and, optionally, by their messages. */
export function SessionSearchBox({ search, isInMessages, onChange }: Props) {
  const find = useCallback(
    (text: string) => onChange(text, isInMessages),
    [onChange, isInMessages],
  );
  const label = isInMessages ? "Searching messages" : "Search messages";
  return (
    <SearchBox
      label="Search"
      placeholder="Title, id, contact, tag"
      search={search}
      onSearch={find}
      aside={(typed) => (
        <Tooltip label={label}>
          <ActionIcon
            size="sm"
            aria-label="Search messages"
            aria-pressed={isInMessages}
            variant={isInMessages ? "light" : "subtle"}
            color={isInMessages ? "indigo" : "gray"}
            onClick={() => onChange(typed, !isInMessages)}
          >
            <IconMessageSearch size={14} />
          </ActionIcon>
        </Tooltip>
      )}
    />
  );
}
