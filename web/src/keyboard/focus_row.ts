/** Focus the row of a virtual list that has this `data-index`. */
export function focusRow(list: HTMLElement | null, index: number): void {
  // One that is not drawn yet is after the scroll.
  if (!focused(list, index)) requestAnimationFrame(() => focused(list, index));
}

function focused(list: HTMLElement | null, index: number): boolean {
  const row = list?.querySelector<HTMLElement>(`[data-index="${index}"]`);
  row?.focus({ preventScroll: true });
  return Boolean(row);
}
