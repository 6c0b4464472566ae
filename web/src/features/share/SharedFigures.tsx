import type { ReactNode } from "react";

import { Duration } from "@/components/Duration";
import { UserText } from "@/components/UserText";
import { Money } from "@/components/Money";
import { RelativeTime } from "@/components/RelativeTime";
import { Tokens } from "@/components/Tokens";
import { TimeUntil } from "@/components/TimeUntil";
import classes from "./SharedPage.module.css";
import type { Shared } from "./shared_data";

/** The figures of a shared session and the expiry of the link. */
export function SharedFigures({ shared: { session, expires_at: end } }: { shared: Shared }) {
  const models = session.models.map(({ model }) => model).filter((model) => model !== null);
  const calls = session.model_calls_count;
  const unpricedCalls = session.unpriced_calls_count;
  return (
    <dl className={classes.figures}>
      {session.title && (
        <Fact name="Session">
          <UserText text={session.external_id} />
        </Fact>
      )}
      <Fact name="Started">
        <RelativeTime time={session.started_at} />
      </Fact>
      <Fact name="Active">
        <Duration ms={session.active_duration} wallMs={session.duration} />
      </Fact>
      <Fact name="Cost">
        <Money
          dollars={session.billing.total_cost}
          unpricedCalls={unpricedCalls}
          calls={calls - session.failed_calls_count}
        />
      </Fact>
      <Fact name="Tokens in, out">
        <Tokens tokens={session.usage.prompt_tokens} />,{" "}
        <Tokens tokens={session.usage.completion_tokens} />
      </Fact>
      <Fact name="Traces, model calls">
        <Tokens tokens={session.traces_count} />, <Tokens tokens={calls} />
      </Fact>
      <Fact name="Errors">
        <Tokens tokens={session.errors_count} />
      </Fact>
      {models.length > 0 && (
        <Fact name="Models">
          <UserText text={models.join(", ")} />
        </Fact>
      )}
      <Fact name="Link expires">
        <TimeUntil time={end} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
