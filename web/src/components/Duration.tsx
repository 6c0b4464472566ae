import { duration, exactDuration } from "@/format/duration";
import { UNKNOWN } from "@/format/unknown";
import { Figure } from "./Figure";

interface Props {
  ms: number | null | undefined;
  /** Time from first start to last end, if `ms` excludes pauses. */
  wallMs?: number;
}

/** A duration; on hover the exact one and the wall time. */
export function Duration({ ms, wallMs }: Props) {
  if (ms === null || ms === undefined) return <Figure isDimmed>{UNKNOWN}</Figure>;
  const exact = exactDuration(ms);
  const hint = wallMs === undefined ? exact : `${exact} active, ${exactDuration(wallMs)} wall time`;
  return <Figure hint={hint}>{duration(ms)}</Figure>;
}
