import { Text } from "@mantine/core";

import { Duration } from "@/components/Duration";
import { Money } from "@/components/Money";
import { RelativeTime } from "@/components/RelativeTime";
import { Tokens } from "@/components/Tokens";
import { count, counted } from "@/format/count";
import { knownCost, money } from "@/format/money";
import { unpriced } from "@/format/unknown";
import type { Session } from "../session_data";
import { Fact, Facts } from "@/components/Fact";

/** The figures of a session with their breakdown. */
export function SessionFacts({ session }: { session: Session }) {
  const { billing, usage } = session;
  const unpricedCalls = session.unpriced_calls_count ?? 0;
  const calls = session.model_calls_count ?? undefined;
  const missing = unpriced(unpricedCalls);
  const errors = session.errors_count ?? 0;
  return (
    <Facts>
      <Fact name="Started">
        <RelativeTime time={session.started_at} />
      </Fact>
      <Fact name="Ended">
        <RelativeTime time={session.ended_at} />
      </Fact>
      <Fact name="Active">
        <Duration ms={session.active_duration} />
      </Fact>
      <Fact name="Wall">
        <Duration ms={session.duration} />
      </Fact>
      <Fact name="Cost">
        <Money dollars={billing.total_cost} unpricedCalls={unpricedCalls} calls={calls} />{" "}
        {knownCost(billing.total_cost, unpricedCalls, calls) !== undefined && (
          <Text span inherit c="dimmed" className="tabular">
            {money(billing.input_cost)} in, {money(billing.output_cost)} out
            {missing && `, ${missing}`}
          </Text>
        )}
      </Fact>
      <Fact name="Tokens">
        <Tokens tokens={usage.total_tokens} />{" "}
        <Text span inherit c="dimmed">
          <Tokens tokens={usage.prompt_tokens} /> in, <Tokens tokens={usage.completion_tokens} />{" "}
          out, <Tokens tokens={session.cached_tokens} /> cached
        </Text>
      </Fact>
      <Fact name="Traces">
        <span className="tabular">{count(session.traces_count)}</span>{" "}
        <Text span inherit c="dimmed" className="tabular">
          {counted(session.spans_count ?? 0, "span")},{" "}
          {counted(session.model_calls_count ?? 0, "call")}
        </Text>
      </Fact>
      <Fact name="Errors">
        <Text span inherit className="tabular" c={errors ? "var(--app-bad)" : undefined}>
          {count(errors)}
        </Text>
      </Fact>
    </Facts>
  );
}
