import { useQuery } from "@tanstack/react-query";

import { type Schema, api, data } from "@/api/client";
import { Tokens } from "@/components/Tokens";
import { DataTable } from "@/components/table/DataTable";
import type { DataColumn } from "@/components/table/data_column";
import { useMe } from "@/features/sign-in/me_data";
import { bytes } from "@/format/bytes";
import { count } from "@/format/count";
import { duration } from "@/format/duration";
import { SettingsSection } from "./SettingsSection";
import classes from "./SettingsSection.module.css";

type TableUse = Schema<"TableUseBody">;

const MODES: Record<Schema<"Mode">, string> = {
  local: "No API key is needed on this machine",
  open: "No API key is needed",
  required: "An API key is required",
};
const TOPOLOGIES: Record<string, string> = {
  embedded: "embedded",
  server: "server",
  cluster: "cluster",
};

/** Version, access mode and storage use of the server. */
export function AboutSection() {
  const me = useMe().data;
  const about = useQuery({
    queryKey: ["about"],
    queryFn: ({ signal }) => data(api.GET("/v2/about", { signal })),
  });
  return (
    <SettingsSection about="Version and storage use of this server." query={about}>
      {({ version, engine, topology, mode, uptime_seconds: uptime, storage }) => (
        <>
          <dl className={classes.facts}>
            <dt>Sessionary</dt>
            <dd>
              {version}, up for {duration(uptime * 1000)}
            </dd>
            <dt>ClickHouse</dt>
            <dd>
              {engine}, {TOPOLOGIES[topology] ?? topology}
            </dd>
            <dt>Access</dt>
            <dd>{MODES[mode]}</dd>
            {me && <dt>You</dt>}
            {me && (
              <dd>
                {me.name}, workspace {me.workspace_id}
                {me.project_id ? `, project ${me.project_id}` : ""}: {me.scopes.join(", ")}
              </dd>
            )}
            {storage && <dt>Storage</dt>}
            {storage && (
              <dd>
                {bytes(storage.bytes)}, {count(storage.rows)} rows
              </dd>
            )}
          </dl>
          {storage && (
            <DataTable
              id="tables"
              label="Tables"
              rows={storage.tables}
              columns={COLUMNS}
              rowId={({ name }) => name}
              maxHeight="50vh"
            />
          )}
        </>
      )}
    </SettingsSection>
  );
}

const COLUMNS: DataColumn<TableUse>[] = [
  {
    id: "name",
    header: "Table",
    isGrowing: true,
    width: 160,
    value: ({ name }) => name,
    cell: ({ name }) => name,
  },
  {
    id: "rows",
    header: "Rows",
    align: "right",
    value: ({ rows }) => rows,
    cell: ({ rows }) => <Tokens tokens={rows} isExact />,
  },
  {
    id: "bytes",
    header: "Size",
    align: "right",
    value: (table) => table.bytes,
    cell: (table) => bytes(table.bytes),
  },
];
