/**
 * Copy a text to the clipboard; false if the browser blocks it. Over plain HTTP, except on
 * localhost, there is no `navigator.clipboard`; then it is copied from a selected textarea.
 */
export async function copyToClipboard(text: string): Promise<boolean> {
  if (!window.isSecureContext) return copyFromTextarea(text);
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => copyFromTextarea(text),
  );
}

function copyFromTextarea(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.style.position = "fixed";
  field.style.opacity = "0";
  document.body.append(field);
  field.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- no alternative over plain HTTP
  const isCopied = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
