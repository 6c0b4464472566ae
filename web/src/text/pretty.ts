/*
 * Readable JSON. JSON text is indented token by token instead of parsed and serialized, since
 * JavaScript would change numbers: 12345678901234567890 loses digits, 1.0 becomes 1.
 */
const INDENT = "  ";
/** Limits the size of deeply nested values. */
const MAX_INDENTS = 40;
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Indent an object or list, also in JSON text; return other text unchanged. */
export function pretty(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value, null, INDENT);
  return isNested(value) ? indented(value) : value;
}

function isNested(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function indented(json: string): string {
  const tokens = json.match(TOKEN) ?? [];
  const lines: string[] = [];
  let depth = 0;
  const newLine = () => `\n${INDENT.repeat(Math.min(depth, MAX_INDENTS))}`;
  tokens.forEach((token, index) => {
    if (token === "{" || token === "[") {
      depth++;
      lines.push(token, /^[}\]]/.test(tokens[index + 1] ?? "") ? "" : newLine());
    } else if (token === "}" || token === "]") {
      depth--;
      lines.push(/^[{[]/.test(tokens[index - 1] ?? "") ? "" : newLine(), token);
    } else if (token === ",") lines.push(token, newLine());
    else if (token === ":") lines.push(": ");
    else lines.push(readable(token));
  });
  return lines.join("");
}

/** Decode escapes such as `\u00e9`, which many programs use for all non-ASCII letters. */
function readable(token: string): string {
  return token.includes("\\u") ? JSON.stringify(JSON.parse(token)) : token;
}
