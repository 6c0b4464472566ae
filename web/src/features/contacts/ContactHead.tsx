import { Code } from "@/components/Code";
import { CopyText } from "@/components/CopyText";
import { Money } from "@/components/Money";
import { RelativeTime } from "@/components/RelativeTime";
import { Tags } from "@/components/Tags";
import { Tokens } from "@/components/Tokens";
import type { ReactNode } from "react";
import classes from "./Contact.module.css";
import type { Contact } from "./contacts_data";

/** Identity and totals of a contact. */
export function ContactHead({ contact }: { contact: Contact }) {
  const { billing, usage } = contact;
  const hasMetadata = Object.keys(contact.metadata).length > 0;
  return (
    <>
      <dl className={classes.facts}>
        <Fact name="External id">
          <CopyText value={contact.external_id} what="external id" />
        </Fact>
        {contact.email && (
          <Fact name="Email">
            <CopyText value={contact.email} what="email" />
          </Fact>
        )}
        <Fact name="Sessions">
          <Tokens tokens={contact.sessions_count} isExact />
        </Fact>
        <Fact name="Traces">
          <Tokens tokens={contact.traces_count} isExact />
        </Fact>
        <Fact name="Model calls">
          <Tokens tokens={contact.model_calls_count} isExact />
        </Fact>
        <Fact name="Tokens in">
          <Tokens tokens={usage.prompt_tokens} />
        </Fact>
        <Fact name="Tokens out">
          <Tokens tokens={usage.completion_tokens} />
        </Fact>
        <Fact name="Cost">
          <Money
            dollars={billing.total_cost}
            unpricedCalls={contact.unpriced_calls_count}
            calls={contact.model_calls_count}
          />
        </Fact>
        <Fact name="Errors">
          <Tokens tokens={contact.errors_count} isExact />
        </Fact>
        <Fact name="First seen">
          <RelativeTime time={contact.first_seen_at} />
        </Fact>
        <Fact name="Last seen">
          <RelativeTime time={contact.last_seen_at} />
        </Fact>
      </dl>
      {contact.tags.length > 0 && <Tags tags={contact.tags} isWrapping />}
      {hasMetadata && <Code what="metadata">{JSON.stringify(contact.metadata, null, 2)}</Code>}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
