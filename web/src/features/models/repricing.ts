import { type Schema, api, withNetworkErrors } from "@/api/client";
import { ApiError } from "@/api/errors";

type CallScope = Schema<"CallScopeBody">;

/** How many of the calls were looked at. */
export interface Progress {
  done: number;
  total: number;
}

interface Line extends Partial<Progress> {
  result?: Schema<"AppliedShape">;
}

/** Price the stored calls of a scope again; returns how many cost something else now. */
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
  throw new ApiError("cut off", "Pricing was cut off before its end: do it again to finish it.");
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
