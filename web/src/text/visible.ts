/*
 * Untrusted text must not disguise itself: control characters (terminal escapes) and marks that
 * change the text direction are made visible.
 */
// eslint-disable-next-line no-control-regex -- matching them is the purpose
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const PICTURES = 0x2400;
const DELETE = 0x7f;

/** Replace invisible control characters with visible ones. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (mark) => {
    const code = mark.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(PICTURES + code);
    if (code === DELETE) return "\u2421";
    return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
  });
}
