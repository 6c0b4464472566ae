import { exactTime, relativeTime } from "@/format/time";
import { UNKNOWN } from "@/format/unknown";
import { useNow } from "./clock";
import { Figure } from "./Figure";

/** The time elapsed since; on hover the exact time. */
export function RelativeTime({ time }: { time: string | null | undefined }) {
  const now = useNow();
  if (!time) return <Figure isDimmed>{UNKNOWN}</Figure>;
  // The clock ticks every ten seconds: a time after its last tick is not in the future.
  const shown = relativeTime(time, new Date(Math.max(now.getTime(), Date.parse(time))));
  return (
    <time dateTime={time} className="tabular" title={exactTime(time)}>
      {shown}
    </time>
  );
}
