import { useLocalStorage } from "@mantine/hooks";

/** The user's choice of columns and their widths. */
export interface RememberedColumns {
  /** Only columns that differ from their `isHidden` default. */
  visibility: Record<string, boolean>;
  sizing: Record<string, number>;
}

const NOTHING: RememberedColumns = { visibility: {}, sizing: {} };

/** Column settings stored in this browser under the table's id. */
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
