import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";

interface Props {
  /** What is searched: "Search contacts". */
  label: string;
  placeholder: string;
  value: string | undefined;
  /** A moment after the last key. */
  onSearch: (text: string | undefined) => void;
}

const TYPING_MS = 300;

/** The search box of a page; `/` goes to it. */
export function SearchBox({ label, placeholder, value, onSearch }: Props) {
  const type = useDebouncedCallback((text: string) => onSearch(text || undefined), TYPING_MS);
  return (
    <TextInput
      data-search
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={14} aria-hidden />}
      defaultValue={value}
      onChange={(event) => type(event.currentTarget.value)}
      w={{ base: "100%", xs: 280 }}
    />
  );
}
