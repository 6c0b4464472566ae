import { Button } from "@mantine/core";
import { type ComponentProps, useState } from "react";

import { count } from "@/format/count";
import { visible } from "@/text/visible";

/** Longer text is truncated until the user asks for all of it. */
export const MAX_SHOWN_CHARS = 20_000;

/** Preformatted text, truncated if very long. */
export function LongText({ text, ...pre }: { text: string } & ComponentProps<"pre">) {
  const [isWhole, setWhole] = useState(false);
  const isCut = text.length > MAX_SHOWN_CHARS && !isWhole;
  return (
    <>
      <pre {...pre}>{isCut ? `${visible(text.slice(0, MAX_SHOWN_CHARS))}…` : visible(text)}</pre>
      {isCut && (
        <Button variant="subtle" onClick={() => setWhole(true)}>
          Show all {count(text.length)} characters
        </Button>
      )}
    </>
  );
}
