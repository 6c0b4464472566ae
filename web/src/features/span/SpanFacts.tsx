import { Anchor, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Fragment, type ReactNode } from "react";

import { CopyText } from "@/components/CopyText";
import { Duration } from "@/components/Duration";
import { Money } from "@/components/Money";
import { RelativeTime } from "@/components/RelativeTime";
import { Tokens } from "@/components/Tokens";
import { priceText, SOURCES } from "@/features/models/price_text";
import { visible } from "@/text/visible";
import type { SpanDetail } from "./span_data";
import classes from "./span.module.css";

interface Props {
  span: SpanDetail;
  onOpen: (traceId: string, spanId: string) => void;
}

/** Kind, duration, model, tokens, cost with price, and ancestors of a span. */
export function SpanFacts({ span, onOpen }: Props) {
  const { summary, session_id: sessionId } = span;
  const facts: [string, ReactNode][] = [
    ["Kind", `${summary.type}${summary.status === "error" ? ", failed" : ""}`],
    ["Started", <RelativeTime key="" time={summary.started_at} />],
    ["Duration", <SpanDuration key="" span={span} />],
  ];
  const model = summary.model ?? summary.requested_model;
  if (model) facts.push(["Model", visible([summary.provider, model].filter(Boolean).join(" / "))]);
  if (summary.usage) facts.push(["Tokens", <Usage key="" usage={summary.usage} />]);
  if (summary.usage ?? summary.cost) facts.push(["Cost", <Cost key="" span={span} />]);
  facts.push(["Ancestors", <Ancestors key="" span={span} onOpen={onOpen} />]);
  facts.push([
    "Trace",
    <Anchor
      key=""
      inherit
      ff="monospace"
      fz="xs"
      renderRoot={(props: object) => (
        <Link
          {...props}
          to="/traces/$traceId"
          params={{ traceId: summary.trace_id }}
          search={{ span: summary.span_id }}
        />
      )}
    >
      {summary.trace_id}
    </Anchor>,
  ]);
  if (sessionId) {
    facts.push([
      "Session",
      <Anchor
        key=""
        inherit
        renderRoot={(props: object) => (
          <Link {...props} to="/sessions/$sessionId" params={{ sessionId }} />
        )}
      >
        {visible(sessionId)}
      </Anchor>,
    ]);
  }
  facts.push(["Span", <CopyText key="" value={summary.span_id} what="span id" />]);
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

function SpanDuration({ span: { summary } }: { span: SpanDetail }) {
  const first = summary.time_to_first_token_ms;
  return (
    <>
      <Duration ms={summary.duration_ms} />
      {first !== undefined && (
        <Text span inherit c="dimmed">
          , first token after <Duration ms={first} />
        </Text>
      )}
    </>
  );
}

function Usage({ usage }: { usage: NonNullable<SpanDetail["summary"]["usage"]> }) {
  return (
    <>
      <Tokens tokens={usage.prompt_tokens} isExact /> in (
      <Tokens tokens={usage.prompt_cached_tokens} isExact /> cached),{" "}
      <Tokens tokens={usage.completion_tokens} isExact /> out (
      <Tokens tokens={usage.completion_reasoning_tokens} isExact /> reasoning)
    </>
  );
}

function Cost({ span }: { span: SpanDetail }) {
  const { summary, price, cost_source: source } = span;
  return (
    <>
      <Money dollars={summary.cost?.total} />{" "}
      <Text span inherit c="dimmed">
        {SOURCES[source] ?? source}
        {price && `: ${priceText(price)}`}
        {summary.cost &&
          !summary.is_counted &&
          ". Not counted here: another span reports the same call"}
      </Text>
    </>
  );
}

function Ancestors({ span, onOpen }: Props) {
  if (span.ancestors.length === 0)
    return (
      <Text span inherit c="dimmed">
        None (root span)
      </Text>
    );
  return span.ancestors.map((ancestor, index) => (
    <Fragment key={ancestor.span_id}>
      {index > 0 && " › "}
      <Anchor
        component="button"
        inherit
        onClick={() => onOpen(span.summary.trace_id, ancestor.span_id)}
      >
        {visible(ancestor.name) || ancestor.type}
      </Anchor>
    </Fragment>
  ));
}
