import type { ReactNode } from "react";

interface Props {
  children: ReactNode;
  /** Tooltip with the exact figure or an explanation. */
  hint?: string;
  isDimmed?: boolean;
}

/** A figure in tabular digits, with a tooltip. */
export function Figure({ children, hint, isDimmed }: Props) {
  // A list has hundreds of these: the native tooltip costs nothing until it is shown.
  return (
    <span className="tabular" title={hint} data-dimmed={isDimmed || undefined}>
      {children}
    </span>
  );
}
