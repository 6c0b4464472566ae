import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type ReactNode, useEffect, useState } from "react";

interface Props {
  /** What is searched: "Search contacts". */
  label: string;
  placeholder: string;
  search: string;
  /** A moment after the last key. */
  onSearch: (search: string) => void;
  /** What stands at its end, given what is typed. */
  aside?: (typed: string) => ReactNode;
}

const PAUSE_MS = 300;

/** Searches while somebody types; `/` comes here. */
export function SearchBox({ label, placeholder, search, onSearch, aside }: Props) {
  const [typed, setTyped] = useState(search);
  const [known, setKnown] = useState(search);
  const [submitted, setSubmitted] = useState<string>();
  if (search !== known) {
    setKnown(search);
    // What was submitted from here comes back, once, when more may have been typed.
    if (search === submitted) setSubmitted(undefined);
    else setTyped(search);
  }
  useEffect(() => {
    if (typed === search) return;
    const timer = setTimeout(() => {
      setSubmitted(typed);
      onSearch(typed);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, search, onSearch]);
  return (
    <TextInput
      data-search
      type="search"
      aria-label={label}
      placeholder={placeholder}
      w={{ base: "100%", xs: 260 }}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={aside?.(typed)}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}
