/** One way to send traces. */
export interface Snippet {
  id: string;
  label: string;
  /** A prerequisite, in one sentence. */
  hint: string;
  code: string;
}

/** Instructions for sending the first trace to the server at `url`, by client. */
export function snippetsFor(url: string, isKeyRequired: boolean): readonly Snippet[] {
  const header = isKeyRequired ? `\n${HEADER}` : "";
  return [
    {
      id: "environment",
      label: "Environment",
      hint: "For applications that already export OpenTelemetry. On this machine with the default port, no configuration is needed.",
      code: `export OTEL_EXPORTER_OTLP_ENDPOINT=${url}
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf${header}`,
    },
    { id: "python", label: "Python", hint: PYTHON_HINT, code: python(url, isKeyRequired) },
    {
      id: "typescript",
      label: "TypeScript",
      hint: TYPESCRIPT_HINT,
      code: typescript(url, isKeyRequired),
    },
    {
      id: "langfuse",
      label: "Langfuse",
      hint: "Works with the Langfuse SDK. Use an API key of this server as the secret key; the public key can be any text.",
      code: `export LANGFUSE_BASE_URL=${url}
export LANGFUSE_HOST=${url}
export LANGFUSE_PUBLIC_KEY=sessionary
export LANGFUSE_SECRET_KEY=YOUR_API_KEY`,
    },
    {
      id: "orq",
      label: "orq",
      hint: "Works with the orq SDK and its exporters.",
      code: `export ORQ_BASE_URL=${url}
export ORQ_API_KEY=YOUR_API_KEY
export OTEL_EXPORTER_OTLP_ENDPOINT=${url}/v2/otel
${HEADER}`,
    },
    {
      id: "claude-code",
      label: "Claude Code",
      hint: "Each run of Claude Code becomes a session with the cost of every request.",
      code: `export CLAUDE_CODE_ENABLE_TELEMETRY=1
export OTEL_LOGS_EXPORTER=otlp
export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
export OTEL_EXPORTER_OTLP_ENDPOINT=${url}${header}
claude`,
    },
  ];
}

const HEADER = 'export OTEL_EXPORTER_OTLP_HEADERS="Authorization=Bearer YOUR_API_KEY"';

const PYTHON_HINT = "pip install opentelemetry-sdk opentelemetry-exporter-otlp-proto-http";

function python(url: string, isKeyRequired: boolean): string {
  const header = isKeyRequired ? '\n    headers={"Authorization": "Bearer YOUR_API_KEY"},' : "";
  return `from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

exporter = OTLPSpanExporter(
    endpoint="${url}/v1/traces",${header}
)
provider = TracerProvider()
provider.add_span_processor(BatchSpanProcessor(exporter))
trace.set_tracer_provider(provider)

with trace.get_tracer("my-app").start_as_current_span("chat gpt-4o") as span:
    span.set_attribute("session.id", "conversation-42")
    span.set_attribute("user.id", "ada@example.com")
    span.set_attribute("gen_ai.operation.name", "chat")
    span.set_attribute("gen_ai.provider.name", "openai")
    span.set_attribute("gen_ai.request.model", "gpt-4o")
    span.set_attribute("gen_ai.usage.input_tokens", 1200)
    span.set_attribute("gen_ai.usage.output_tokens", 300)

provider.shutdown()`;
}

const TYPESCRIPT_HINT =
  "npm install @opentelemetry/sdk-node @opentelemetry/exporter-trace-otlp-proto @opentelemetry/api";

function typescript(url: string, isKeyRequired: boolean): string {
  const header = isKeyRequired ? '\n    headers: { Authorization: "Bearer YOUR_API_KEY" },' : "";
  return `import { trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { NodeSDK } from "@opentelemetry/sdk-node";

const sdk = new NodeSDK({
  traceExporter: new OTLPTraceExporter({
    url: "${url}/v1/traces",${header}
  }),
});
sdk.start();

trace.getTracer("my-app").startActiveSpan("chat gpt-4o", (span) => {
  span.setAttributes({
    "session.id": "conversation-42",
    "user.id": "ada@example.com",
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "gpt-4o",
    "gen_ai.usage.input_tokens": 1200,
    "gen_ai.usage.output_tokens": 300,
  });
  span.end();
});

await sdk.shutdown();`;
}
