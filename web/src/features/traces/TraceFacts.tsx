import type { Schema } from "@/api/client";
import { Duration } from "@/components/Duration";
import { Money } from "@/components/Money";
import { RelativeTime } from "@/components/RelativeTime";
import { Tokens } from "@/components/Tokens";
import { Fact, Facts } from "@/components/Fact";
import { count } from "@/format/count";
import { visible } from "@/text/visible";

/** The figures of a trace. */
export function TraceFacts({ trace }: { trace: Schema<"TraceBody"> }) {
  return (
    <Facts>
      <Fact name="Started">
        <RelativeTime time={trace.started_at} />
      </Fact>
      <Fact name="Duration">
        <Duration ms={trace.duration_ms} />
      </Fact>
      <Fact name="Cost">
        <Money
          dollars={trace.cost.total}
          unpricedCalls={trace.unpriced_calls_count}
          calls={trace.model_calls_count}
        />
      </Fact>
      <Fact name="Tokens">
        <Tokens tokens={trace.usage.total_tokens} />
      </Fact>
      <Fact name="Spans">{count(trace.spans_count)}</Fact>
      <Fact name="Calls">{count(trace.model_calls_count)}</Fact>
      <Fact name="Errors">{count(trace.errors_count)}</Fact>
      {trace.models.length > 0 && <Fact name="Models">{visible(trace.models.join(", "))}</Fact>}
    </Facts>
  );
}
