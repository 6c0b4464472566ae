import { useLocalStorage } from "@mantine/hooks";

/** The reader's choice of columns and their widths. */
export interface RememberedColumns {
  /** Only what differs from the columns' own `isHidden`. */
  visibility: Record<string, boolean>;
  sizing: Record<string, number>;
}

const NOTHING: RememberedColumns = { visibility: {}, sizing: {} };

/** Remembered in this browser, by the table's id. */
export function useRememberedColumns(tableId: string) {
  return useLocalStorage<RememberedColumns>({
    key: `sessionary.columns.${tableId}`,
    defaultValue: NOTHING,
    getInitialValueInEffect: false,
    deserialize: (text) => read(text),
  });
}

function read(text: string | undefined): RememberedColumns {
  try {
    return { ...NOTHING, ...(JSON.parse(text ?? "{}") as Partial<RememberedColumns>) };
  } catch {
    return NOTHING;
  }
}
