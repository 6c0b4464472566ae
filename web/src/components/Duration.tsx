import { duration, exactDuration } from "@/format/duration";
import { UNKNOWN } from "@/format/unknown";
import { Figure } from "./Figure";

interface Props {
  ms: number | null | undefined;
  /** From the first start to the last end, where `ms` is without the pauses. */
  wallMs?: number;
}

/** A duration; on hover the exact one, and the one with pauses. */
export function Duration({ ms, wallMs }: Props) {
  if (ms === null || ms === undefined) return <Figure isDimmed>{UNKNOWN}</Figure>;
  const exact = exactDuration(ms);
  const hint =
    wallMs === undefined ? exact : `${exact} active, ${exactDuration(wallMs)} with pauses`;
  return <Figure hint={hint}>{duration(ms)}</Figure>;
}
