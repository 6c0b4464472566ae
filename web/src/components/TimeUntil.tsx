import { duration } from "@/format/duration";
import { exactTime } from "@/format/time";
import { useNow } from "./clock";

/** How long until a time that may have come: `in 6 d 23 h`, `ended`; on hover when exactly. */
export function TimeUntil({ time }: { time: string }) {
  const now = useNow();
  const left = Date.parse(time) - now.getTime();
  return (
    <time dateTime={time} className="tabular" title={exactTime(time)}>
      {left > 0 ? `in ${duration(left)}` : "ended"}
    </time>
  );
}
