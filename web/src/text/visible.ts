/*
 * What others wrote is shown as text that cannot pretend to be something else: control characters
 * (terminal escapes) and marks that turn the direction of what follows are made visible.
 */
// eslint-disable-next-line no-control-regex -- these are what it is about
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const PICTURES = 0x2400;
const DELETE = 0x7f;

/** The text with what is not seen, but acts, made visible. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (mark) => {
    const code = mark.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(PICTURES + code);
    if (code === DELETE) return "\u2421";
    return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
  });
}
