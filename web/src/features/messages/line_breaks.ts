interface Node {
  type: string;
  value?: string;
  children?: Node[];
}

/** For remark: a line break stays one, as in all chats, rather than becoming a space. */
export function lineBreaks() {
  return keepBreaks;
}

function keepBreaks(node: Node): void {
  node.children = node.children?.flatMap((child) => {
    if (child.type === "text") return broken(child);
    keepBreaks(child);
    return child;
  });
}

function broken(text: Node): Node[] {
  const [first = "", ...others] = (text.value ?? "").split("\n");
  return [
    { ...text, value: first },
    ...others.flatMap((line) => [{ type: "break" }, { ...text, value: line }]),
  ];
}
