import { counted } from "./count";

/** In place of a figure that is not known, which is not 0. */
export const UNKNOWN = "–";

/** What a cost does not cover: `3 calls unpriced`; nothing where every call had a price. */
export function unpriced(calls: number): string | null {
  return calls > 0 ? `${counted(calls, "call")} unpriced` : null;
}
