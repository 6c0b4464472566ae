/** The kinds that have a colour of their own; all others share one. */
const COLOURED = ["trace", "llm", "agent", "tool", "retriever", "embedding"] as const;

/** The colour of a kind, as CSS. */
export function colourOf(type: string): string {
  const name = (COLOURED as readonly string[]).includes(type) ? type : "other";
  return `var(--kind-${name})`;
}

export const LEGEND = ["llm", "agent", "tool", "retriever", "embedding", "other"] as const;
