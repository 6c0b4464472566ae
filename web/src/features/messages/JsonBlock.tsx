import { pretty, visible } from "@/text/visible";
import classes from "./messages.module.css";

/** A value as indented JSON, or the text that it is. */
export function JsonBlock({ value, label }: { value: unknown; label: string }) {
  return (
    <pre className={classes.json} tabIndex={0} aria-label={label}>
      {visible(pretty(value))}
    </pre>
  );
}
