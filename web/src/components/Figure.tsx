import { Text, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  children: ReactNode;
  /** The exact figure, or what else there is to say; none where the text says it all. */
  tooltip?: ReactNode;
  isDimmed?: boolean;
}

/** A figure: tabular, on one line, with the exact one on hover. */
export function Figure({ children, tooltip, isDimmed }: Props) {
  const text = (
    <Text span inherit className="tabular" c={isDimmed ? "dimmed" : undefined}>
      {children}
    </Text>
  );
  return tooltip ? <Tooltip label={tooltip}>{text}</Tooltip> : text;
}
