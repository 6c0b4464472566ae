import { duration } from "@/format/duration";
import { exactTime } from "@/format/time";
import { useNow } from "./clock";

/** The time left until an expiry: `in 6 d 23 h` or `expired`; on hover the exact time. */
export function TimeUntil({ time }: { time: string }) {
  const now = useNow();
  const left = Date.parse(time) - now.getTime();
  return (
    <time dateTime={time} className="tabular" title={exactTime(time)}>
      {left > 0 ? `in ${duration(left)}` : "expired"}
    </time>
  );
}
