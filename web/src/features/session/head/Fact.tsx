import type { ReactNode } from "react";

import classes from "./head.module.css";

/** A figure and its name, inside of a `dl`. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
