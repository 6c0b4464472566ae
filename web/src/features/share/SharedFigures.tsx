import type { ReactNode } from "react";

import { Duration } from "@/components/Duration";
import { Given } from "@/components/Given";
import { Money } from "@/components/Money";
import { RelativeTime } from "@/components/RelativeTime";
import { Tokens } from "@/components/Tokens";
import { Until } from "@/components/Until";
import classes from "./SharedPage.module.css";
import type { Shared } from "./shared_data";

/** What the session cost, took and did, and until when the link shows it. */
export function SharedFigures({ shared: { session, expires_at: end } }: { shared: Shared }) {
  const models = session.models.map(({ model }) => model).filter((model) => model !== null);
  const calls = session.model_calls_count;
  const unpricedCalls = session.unpriced_calls_count;
  return (
    <dl className={classes.figures}>
      {session.title && (
        <Named name="Session">
          <Given text={session.external_id} />
        </Named>
      )}
      <Named name="Started">
        <RelativeTime time={session.started_at} />
      </Named>
      <Named name="Active">
        <Duration ms={session.active_duration} wallMs={session.duration} />
      </Named>
      <Named name="Cost">
        <Money
          dollars={session.billing.total_cost}
          unpricedCalls={unpricedCalls}
          calls={calls - session.failed_calls_count}
        />
      </Named>
      <Named name="Tokens in, out">
        <Tokens tokens={session.usage.prompt_tokens} />,{" "}
        <Tokens tokens={session.usage.completion_tokens} />
      </Named>
      <Named name="Traces, model calls">
        <Tokens tokens={session.traces_count} />, <Tokens tokens={calls} />
      </Named>
      <Named name="Errors">
        <Tokens tokens={session.errors_count} />
      </Named>
      {models.length > 0 && (
        <Named name="Models">
          <Given text={models.join(", ")} />
        </Named>
      )}
      <Named name="This link ends">
        <Until time={end} />
      </Named>
    </dl>
  );
}

function Named({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
