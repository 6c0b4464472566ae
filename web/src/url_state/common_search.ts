import { DEFAULT_RANGE, type TimeRange, isPreset } from "./time_range";

/** The auto-refresh intervals by their name in the URL. */
export const REFRESH_MS = { "10s": 10_000, "30s": 30_000, "1m": 60_000, "5m": 300_000 } as const;
export type Refresh = keyof typeof REFRESH_MS;

/** The search parameters that all pages share. */
export interface CommonSearch {
  /** A preset, "all" or, with `from` and `to`, "custom". */
  range?: string;
  /** RFC 3339. */
  from?: string;
  to?: string;
  /** A project's id. */
  project?: string;
  refresh?: Refresh;
}

/** Resets the pagination of any list, needed after every change of its selection. */
export const FIRST_PAGE = {
  after: undefined,
  before: undefined,
  skipped: undefined,
  page: undefined,
} as const;

/** Parse search parameters; invalid ones are dropped. */
export function commonSearch(search: Record<string, unknown>): CommonSearch {
  const { range, from, to, refresh } = search;
  const valid: CommonSearch = {};
  if (isPreset(range) || range === "all") valid.range = range;
  if (range === "custom" && isInstant(from) && isInstant(to) && from < to) {
    Object.assign(valid, { range, from, to });
  }
  const project = text(search.project);
  if (project) valid.project = project;
  if (typeof refresh === "string" && refresh in REFRESH_MS) valid.refresh = refresh as Refresh;
  return valid;
}

/** The time range of the search parameters. */
export function rangeOf({ range, from, to }: CommonSearch): TimeRange {
  if (range === "all") return { kind: "all" };
  if (range === "custom" && from && to) return { kind: "custom", from, to };
  return isPreset(range) ? { kind: "preset", preset: range } : DEFAULT_RANGE;
}

/** The search parameters of a time range. */
export function searchOf(range: TimeRange): Pick<CommonSearch, "range" | "from" | "to"> {
  const none = { range: undefined, from: undefined, to: undefined };
  switch (range.kind) {
    case "all":
      return { ...none, range: "all" };
    case "preset":
      return { ...none, range: range.preset };
    case "custom":
      return { range: "custom", from: range.from, to: range.to };
  }
}

/** A text parameter; the router parses `12` and `true` in a URL as other types. */
export function text(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** A text parameter, or undefined if it is empty. */
export function nonEmptyText(value: unknown): string | undefined {
  const found = text(value);
  return found === "" ? undefined : found;
}

/** The value if it is one of the names. */
export function oneOf<Name extends string>(
  names: readonly Name[],
  value: unknown,
): Name | undefined {
  return names.find((name) => name === value);
}

function isInstant(value: unknown): value is string {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}
