import { counted } from "./count";

/** Shown for an unknown figure, which is not 0. */
export const UNKNOWN = "–";

/** The calls that a cost does not cover: `3 calls unpriced`; null if there are none. */
export function unpriced(calls: number): string | null {
  return calls > 0 ? `${counted(calls, "call")} unpriced` : null;
}
