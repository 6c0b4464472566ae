import { exactTime, relativeTime } from "@/format/time";
import { UNKNOWN } from "@/format/unknown";
import { useNow } from "./clock";
import { Figure } from "./Figure";

/** How long ago; on hover when exactly. */
export function RelativeTime({ time }: { time: string | null | undefined }) {
  const now = useNow();
  if (!time) return <Figure isDimmed>{UNKNOWN}</Figure>;
  // The clock ticks every ten seconds: what is younger than its last tick was not in the future.
  const shown = relativeTime(time, new Date(Math.max(now.getTime(), Date.parse(time))));
  return (
    <time dateTime={time} className="tabular" title={exactTime(time)}>
      {shown}
    </time>
  );
}
