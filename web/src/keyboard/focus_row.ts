/** Focus the row of a virtualised list with this `data-index`. */
export function focusRow(list: HTMLElement | null, index: number): void {
  // A row out of view is rendered only after scrolling.
  if (!tryFocus(list, index)) requestAnimationFrame(() => tryFocus(list, index));
}

function tryFocus(list: HTMLElement | null, index: number): boolean {
  const row = list?.querySelector<HTMLElement>(`[data-index="${index}"]`);
  row?.focus({ preventScroll: true });
  return Boolean(row);
}
