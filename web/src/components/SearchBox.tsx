import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type ReactNode, useEffect, useState } from "react";

interface Props {
  /** Accessible name: "Search contacts". */
  label: string;
  placeholder: string;
  search: string;
  /** Called a moment after the last keystroke. */
  onSearch: (search: string) => void;
  /** Renders a control at the end of the box, given the typed text. */
  aside?: (typed: string) => ReactNode;
}

const PAUSE_MS = 300;

/** A search box that searches while the user types; the `/` key focuses it. */
export function SearchBox({ label, placeholder, search, onSearch, aside }: Props) {
  const [typed, setTyped] = useState(search);
  const [known, setKnown] = useState(search);
  const [submitted, setSubmitted] = useState<string>();
  if (search !== known) {
    setKnown(search);
    // The submitted text comes back from the URL once, when more may have been typed.
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
