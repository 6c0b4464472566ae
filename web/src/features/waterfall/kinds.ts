/** The kinds with their own colour; all others share one. */
const COLOURED = ["trace", "llm", "agent", "tool", "retriever", "embedding"] as const;

/** The CSS colour of a kind. */
export function colourOf(type: string): string {
  const name = (COLOURED as readonly string[]).includes(type) ? type : "other";
  return `var(--kind-${name})`;
}

export const LEGEND = ["llm", "agent", "tool", "retriever", "embedding", "other"] as const;
