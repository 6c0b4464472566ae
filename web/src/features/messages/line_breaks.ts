interface Node {
  type: string;
  value?: string;
  children?: Node[];
}

/** Remark plugin that keeps line breaks, as chats do, instead of turning them into spaces. */
export function lineBreaks() {
  return keepBreaks;
}

function keepBreaks(node: Node): void {
  node.children = node.children?.flatMap((child) => {
    if (child.type === "text") return splitLines(child);
    keepBreaks(child);
    return child;
  });
}

function splitLines(text: Node): Node[] {
  const [first = "", ...others] = (text.value ?? "").split("\n");
  return [
    { ...text, value: first },
    ...others.flatMap((line) => [{ type: "break" }, { ...text, value: line }]),
  ];
}
