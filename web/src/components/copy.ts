/**
 * Put a text on the clipboard; false where the browser does not let. Over plain http, to anything
 * but this machine, there is no `navigator.clipboard`: then by way of a selection.
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
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- there is nothing else over http
  const isCopied = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
