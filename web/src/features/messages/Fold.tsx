import { type ReactNode, useState } from "react";

import classes from "./messages.module.css";

interface Props {
  summary: ReactNode;
  children: ReactNode;
}

/** What is folded, and made only once it is opened: it may be long. */
export function Fold({ summary, children }: Props) {
  const [wasOpened, setOpened] = useState(false);
  return (
    <details
      className={classes.fold}
      onToggle={({ currentTarget }) => setOpened((before) => before || currentTarget.open)}
    >
      <summary>{summary}</summary>
      {wasOpened && <div className={classes.inside}>{children}</div>}
    </details>
  );
}
