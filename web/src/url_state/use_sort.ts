import { useMemo } from "react";

import { parseSort } from "./sort";

/** What the URL says to sort by: the same object while it says the same. */
export function useSort(text: string) {
  return useMemo(() => parseSort(text), [text]);
}
