import { Button } from "@mantine/core";
import { type ComponentProps, useState } from "react";

import { count } from "@/format/count";
import { visible } from "@/text/visible";

/** Text of more characters is cut until it is asked for. */
export const MAX_SHOWN_CHARS = 20_000;

/** Text as it came, on as many lines. */
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
