import type { ReactNode } from "react";

interface Props {
  children: ReactNode;
  /** The exact figure, or what else there is to say; none where the text says it all. */
  hint?: string;
  isDimmed?: boolean;
}

/** A figure: tabular, on one line, with the exact one on hover. */
export function Figure({ children, hint, isDimmed }: Props) {
  // A list has hundreds: the browser's own hint costs nothing until it is wanted.
  return (
    <span className="tabular" title={hint} data-dimmed={isDimmed || undefined}>
      {children}
    </span>
  );
}
