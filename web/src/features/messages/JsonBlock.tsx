import { useMemo } from "react";

import { pretty } from "@/text/pretty";
import { LongText } from "./LongText";
import classes from "./messages.module.css";

interface Props {
  value: unknown;
  label: string;
  /** Show a string unchanged, even if it is JSON. */
  isRaw?: boolean;
}

/** A value as indented JSON, or as plain text. */
export function JsonBlock({ value, label, isRaw = false }: Props) {
  const text = useMemo(
    () => (isRaw && typeof value === "string" ? value : pretty(value)),
    [value, isRaw],
  );
  return <LongText className={classes.json} text={text} tabIndex={0} aria-label={label} />;
}
