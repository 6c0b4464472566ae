import { type Schema, api, withNetworkErrors } from "@/api/client";
import { ApiError } from "@/api/errors";

type CallScope = Schema<"CallScopeBody">;

/** The number of calls processed so far. */
export interface Progress {
  done: number;
  total: number;
}

interface Line extends Partial<Progress> {
  result?: Schema<"AppliedShape">;
}

/** Re-price the stored calls of a scope; returns how many costs changed. */
export async function reprice(
  scope: CallScope,
  onProgress: (progress: Progress) => void,
): Promise<number> {
  const { data: body } = await api.POST("/v2/prices/apply", {
    body: scope,
    headers: { accept: "application/x-ndjson" },
    parseAs: "stream",
  });
  if (body) {
    for await (const line of linesOf(body)) {
      const { result, done, total } = JSON.parse(line) as Line;
      if (result) return result.calls;
      if (done !== undefined && total !== undefined) onProgress({ done, total });
    }
  }
  throw new ApiError("cut off", "Re-pricing was interrupted. Run it again to finish.");
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await withNetworkErrors(reader.read());
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
