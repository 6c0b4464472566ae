import type { Server } from "./server";

interface Call {
  sessionId: string;
  /** Span id of at most 16 hex digits; the trace id is the same number. */
  id: string;
  tokens?: number;
  contactId?: string;
}

/** Send one model call as OTLP/JSON; it is queryable when this returns. */
export async function sendCall(server: Server, { sessionId, id, tokens = 100, contactId }: Call) {
  const now = BigInt(Date.now()) * 1_000_000n;
  const span = {
    traceId: id.padStart(32, "0"),
    spanId: id.padStart(16, "0"),
    name: "chat gpt-4o",
    kind: 3,
    startTimeUnixNano: String(now - 1_000_000_000n),
    endTimeUnixNano: String(now),
    attributes: [
      attribute("session.id", sessionId),
      ...(contactId ? [attribute("user.id", contactId)] : []),
      attribute("gen_ai.operation.name", "chat"),
      attribute("gen_ai.provider.name", "openai"),
      attribute("gen_ai.request.model", "gpt-4o"),
      { key: "gen_ai.usage.input_tokens", value: { intValue: String(tokens) } },
    ],
  };
  await server.requestJson("/v1/traces", { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
}

function attribute(key: string, stringValue: string) {
  return { key, value: { stringValue } };
}
