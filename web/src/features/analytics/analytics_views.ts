import { listHas, textIs } from "@/features/sessions/filters/build_filter";
import type { SessionFilter } from "@/features/sessions/filters/session_filter";

/** The views of the chart: metrics of the total, and the one shown by group. */
export const VIEWS = {
  cost: { label: "Cost", metrics: ["cost"], bySplit: "cost", isStacked: true },
  tokens: {
    label: "Tokens",
    metrics: ["prompt_tokens", "completion_tokens"],
    bySplit: "total_tokens",
    isStacked: true,
  },
  sessions: { label: "Sessions", metrics: ["sessions"], bySplit: "sessions", isStacked: false },
  calls: {
    label: "Model calls",
    metrics: ["model_calls"],
    bySplit: "model_calls",
    isStacked: true,
  },
  errors: {
    label: "Failed calls",
    metrics: ["failed_calls"],
    bySplit: "failed_calls",
    isStacked: true,
  },
  latency: {
    label: "Call latency",
    metrics: ["call_duration_p50", "call_duration_p95", "call_duration_p99"],
    bySplit: "call_duration_p95",
    isStacked: false,
  },
  first_token: {
    label: "Time to first token",
    metrics: ["time_to_first_token_p50", "time_to_first_token_p95", "time_to_first_token_p99"],
    bySplit: "time_to_first_token_p95",
    isStacked: false,
  },
  traces: {
    label: "Trace duration",
    metrics: ["trace_duration_p50", "trace_duration_p95", "trace_duration_p99"],
    bySplit: "trace_duration_p95",
    isStacked: false,
  },
} as const satisfies Record<
  string,
  { label: string; metrics: readonly string[]; bySplit: string; isStacked: boolean }
>;
export type View = keyof typeof VIEWS;
export const DEFAULT_VIEW: View = "cost";

/** The percentiles of durations. */
export const PERCENTILES = ["p50", "p95", "p99"] as const;
export type Percentile = (typeof PERCENTILES)[number];
export const DEFAULT_PERCENTILE: Percentile = "p95";

/** Whether the view shows percentiles; with a split, it shows only one of them. */
export function hasPercentiles(view: View): boolean {
  return VIEWS[view].bySplit.endsWith(`_${DEFAULT_PERCENTILE}`);
}

/** The metric that a view shows by group. */
export function splitMetric(view: View, percentile: Percentile = DEFAULT_PERCENTILE): string {
  const metrics: readonly string[] = VIEWS[view].metrics;
  return metrics.find((name) => name.endsWith(`_${percentile}`)) ?? VIEWS[view].bySplit;
}

interface SplitKind {
  label: string;
  /** The name of the group without a value. */
  none: string;
  /** The filter for the sessions of a group. */
  filter: (value: string) => SessionFilter;
}

/** The dimensions to split metrics by. */
export const SPLITS = {
  model: { label: "Model", none: "No model", filter: (value) => listHas("models", value) },
  provider: {
    label: "Provider",
    none: "No provider",
    filter: (value) => listHas("providers", value),
  },
  project: { label: "Project", none: "No project", filter: (value) => textIs("project_id", value) },
  tag: { label: "Tag", none: "No tag", filter: (value) => listHas("tags", value) },
  contact: {
    label: "Contact",
    none: "No contact",
    filter: (value) => listHas("contact_ids", value),
  },
  kind: {
    label: "Kind",
    none: "No kind",
    filter: (value) => textIs("kind", value && `THREAD_KIND_${value.toUpperCase()}`),
  },
  client: { label: "Client", none: "No client", filter: (value) => textIs("client", value) },
  environment: {
    label: "Environment",
    none: "No environment",
    filter: (value) => listHas("environments", value),
  },
} as const satisfies Record<string, SplitKind>;
export type Split = keyof typeof SPLITS;
export const DEFAULT_SPLIT: Split = "model";

/** The lengths of a bucket. */
export const INTERVALS = {
  minute: "Minute",
  "5_minutes": "5 minutes",
  "15_minutes": "15 minutes",
  hour: "Hour",
  "6_hours": "6 hours",
  day: "Day",
  week: "Week",
  month: "Month",
} as const;
export type Interval = keyof typeof INTERVALS;

/** Requested together with the cost: how many calls it does not cover. */
export const UNPRICED = "unpriced_calls";

/** Display names of the metrics. */
export const METRIC_LABELS: Record<string, string> = {
  cost: "Cost",
  prompt_tokens: "Tokens in",
  completion_tokens: "Tokens out",
  total_tokens: "Tokens",
  sessions: "Sessions",
  model_calls: "Model calls",
  failed_calls: "Failed calls",
  call_duration_p50: "p50",
  call_duration_p95: "p95",
  call_duration_p99: "p99",
  time_to_first_token_p50: "p50",
  time_to_first_token_p95: "p95",
  time_to_first_token_p99: "p99",
  trace_duration_p50: "p50",
  trace_duration_p95: "p95",
  trace_duration_p99: "p99",
};
