import { api, withNetworkErrors } from "@/api/client";
import { type Selection, TABLE_FIELDS } from "../session_selection";

export const FORMATS = [
  { format: "csv", name: "CSV" },
  { format: "jsonl", name: "JSON lines" },
  { format: "parquet", name: "Parquet" },
] as const;

export type Format = (typeof FORMATS)[number]["format"];

/** Download the sessions as a file with the name that the server sends. */
export async function exportSessions(selection: Selection, format: Format): Promise<void> {
  const { data, response } = await withNetworkErrors(
    api.POST("/v2/sessions/export", {
      params: { query: { format } },
      body: { ...selection, includedFields: TABLE_FIELDS },
      parseAs: "blob",
    }),
  );
  const disposition = response.headers.get("content-disposition") ?? "";
  const name = /filename="([^"]+)"/.exec(disposition)?.[1] ?? `sessions.${format}`;
  if (data) save(data, name);
}

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
