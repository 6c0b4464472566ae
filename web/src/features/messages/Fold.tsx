import { type ReactNode, useState } from "react";

import classes from "./messages.module.css";

interface Props {
  summary: ReactNode;
  children: ReactNode;
}

/** A collapsed block; its content, which may be long, is rendered only once opened. */
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
