import type { Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useState } from "react";

import { focusRow } from "@/keyboard/focus_row";
import { useListKeys } from "@/keyboard/list_keys";

interface Options<Row> {
  rows: readonly { id: string; original: Row }[];
  scroller: RefObject<HTMLDivElement | null>;
  virtualizer: Virtualizer<HTMLDivElement, Element>;
  onOpen?: (row: Row) => void;
  isEnabled: boolean;
}

/** The id of the row reached with `j` and `k`; unaffected by rows inserted above it. */
export function useActiveRow<Row>(options: Options<Row>): string | undefined {
  const { rows, scroller, virtualizer, onOpen, isEnabled } = options;
  const [active, setActive] = useState<string>();
  useListKeys({
    count: rows.length,
    active: active === undefined ? -1 : rows.findIndex(({ id }) => id === active),
    onMove: (index) => {
      setActive(rows[index]?.id);
      virtualizer.scrollToIndex(index);
      focusRow(scroller.current, index);
    },
    onOpen: (index) => {
      const row = rows[index];
      if (row) onOpen?.(row.original);
    },
    isEnabled,
  });
  return active;
}
