import { useMemo } from "react";

import { parseSort } from "./sort";

/** The memoised sort of the URL. */
export function useSort(text: string) {
  return useMemo(() => parseSort(text), [text]);
}
