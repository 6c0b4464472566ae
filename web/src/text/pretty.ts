/*
 * JSON for people. Its text is indented as it stands rather than made anew from what it says, since
 * JavaScript's numbers would change it: 12345678901234567890 has too many digits, 1.0 becomes 1.
 */
const INDENT = "  ";
/** So that a list in a list in a list… does not become many times as long. */
const MAX_INDENTS = 40;
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** An object or a list, also one that is told as text, indented; all other text as it is. */
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
  tokens.forEach((token, place) => {
    if (token === "{" || token === "[") {
      depth++;
      lines.push(token, /^[}\]]/.test(tokens[place + 1] ?? "") ? "" : newLine());
    } else if (token === "}" || token === "]") {
      depth--;
      lines.push(/^[{[]/.test(tokens[place - 1] ?? "") ? "" : newLine(), token);
    } else if (token === ",") lines.push(token, newLine());
    else if (token === ":") lines.push(": ");
    else lines.push(readable(token));
  });
  return lines.join("");
}

/** Many programs write every letter beyond ASCII as `\u00e9`. */
function readable(token: string): string {
  return token.includes("\\u") ? JSON.stringify(JSON.parse(token)) : token;
}
