import { Suspense, lazy } from "react";

import { visible } from "@/text/visible";
import { MAX_SHOWN_CHARS, LongText } from "./LongText";
import classes from "./messages.module.css";

const Markdown = lazy(() => import("./Markdown"));

/** Message text as Markdown, or as plain text if very long. */
export function TextBlock({ text }: { text: string }) {
  const safe = visible(text);
  return (
    <div className={classes.text} dir="auto">
      {text.length > MAX_SHOWN_CHARS ? (
        <LongText className={classes.plain} text={text} />
      ) : (
        <Suspense fallback={<pre className={classes.plain}>{safe}</pre>}>
          <Markdown text={safe} />
        </Suspense>
      )}
    </div>
  );
}
