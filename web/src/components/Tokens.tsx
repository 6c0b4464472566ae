import { compactCount, count } from "@/format/count";
import { UNKNOWN } from "@/format/unknown";
import { Figure } from "./Figure";

interface Props {
  tokens: number | null | undefined;
  /** Show every digit instead of `1.2M`. */
  isExact?: boolean;
}

/** A count of tokens or of anything else that may be large. */
export function Tokens({ tokens, isExact = false }: Props) {
  if (tokens === null || tokens === undefined) return <Figure isDimmed>{UNKNOWN}</Figure>;
  const exact = count(tokens);
  const shown = isExact ? exact : compactCount(tokens);
  return <Figure hint={shown === exact ? undefined : exact}>{shown}</Figure>;
}
