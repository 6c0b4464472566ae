import { Group, Text } from "@mantine/core";
import type { ReactNode } from "react";

import { LoadingRows } from "@/components/LoadingRows";
import { QueryBoundary } from "@/components/QueryBoundary";
import classes from "./SettingsSection.module.css";

interface Props<Data> {
  /** An introduction of one or two sentences. */
  about: ReactNode;
  actions?: ReactNode;
  query: { data: Data | undefined; error: Error | null; refetch: () => unknown };
  children: (data: Data) => ReactNode;
}

/** A section of the settings: introduction, actions and loaded content. */
export function SettingsSection<Data>({ about, actions, query, children }: Props<Data>) {
  return (
    <section className={classes.section}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Text component="div" size="sm" c="dimmed" maw={640}>
          {about}
        </Text>
        {actions}
      </Group>
      <QueryBoundary query={query}>
        {query.data === undefined ? <LoadingRows count={4} /> : children(query.data)}
      </QueryBoundary>
    </section>
  );
}
