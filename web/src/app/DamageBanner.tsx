import { Alert, List } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { type Schema, api, data } from "@/api/client";
import { useHasScope } from "@/features/sign-in/me_data";

const STALE_MS = 300_000;

/** Shows admins the tables with files that could not be read when the server started. */
export function DamageBanner() {
  const about = useQuery({
    queryKey: ["about"],
    queryFn: ({ signal }) => data(api.GET("/v2/about", { signal })),
    enabled: useHasScope("admin"),
    staleTime: STALE_MS,
  });
  const actions = byTable(about.data?.damaged_parts ?? []);
  if (actions.size === 0) return null;
  return (
    <Alert color="red" radius={0} py={6} role="alert" title="Stored data is damaged">
      All pages may show incomplete data.
      <List size="sm" mt={4}>
        {[...actions].map(([table, action]) => (
          <List.Item key={table}>
            Table {table}: {action}.
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** The repair action of each table: that of its first part. */
function byTable(parts: Schema<"DamagedPartBody">[]): Map<string, string> {
  return new Map(parts.toReversed().map(({ table, action }) => [table, action]));
}
