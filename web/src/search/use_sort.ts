import { useMemo } from "react";

import { sortOf } from "./sort";

/** What the URL says to sort by: the same object while it says the same. */
export function useSort(text: string) {
  return useMemo(() => sortOf(text), [text]);
}
