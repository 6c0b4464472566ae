import { Button } from "@mantine/core";
import { Suspense, lazy, useState } from "react";

import { count } from "@/format/count";
import { visible } from "@/text/visible";
import classes from "./messages.module.css";

const Markdown = lazy(() => import("./Markdown"));

/** Text that is longer is cut until it is asked for, and shown without its markdown. */
const LONG = 20_000;

/** What somebody said: markdown where it is, else text as it came. */
export function TextBlock({ text }: { text: string }) {
  const [isWhole, setWhole] = useState(false);
  const safe = visible(text);
  if (safe.length > LONG) {
    return (
      <div className={classes.text} dir="auto">
        <pre className={classes.plain}>{isWhole ? safe : `${safe.slice(0, LONG)}…`}</pre>
        {!isWhole && (
          <Button variant="subtle" onClick={() => setWhole(true)}>
            Show all {count(safe.length)} characters
          </Button>
        )}
      </div>
    );
  }
  return (
    <div className={classes.text} dir="auto">
      <Suspense fallback={<pre className={classes.plain}>{safe}</pre>}>
        <Markdown text={safe} />
      </Suspense>
    </div>
  );
}
