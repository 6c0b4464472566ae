import { Group } from "@mantine/core";
import { useCallback } from "react";

import { ExportMenu } from "../export/ExportMenu";
import { FilterBar } from "../filters/FilterBar";
import { SessionSearchBox } from "../filters/SessionSearchBox";
import { SelectionBar } from "../selection/SelectionBar";
import type { SelectedSessions } from "../selection/use_selection";
import { selectionOf } from "../session_selection";
import type { useSessionsUrl } from "../use_sessions_url";
import { ViewMenu } from "../views/ViewMenu";

interface Props {
  url: ReturnType<typeof useSessionsUrl>;
  selection: SelectedSessions;
}

/** Search and filters or, while sessions are selected, bulk actions. */
export function SessionsToolbar({ url, selection }: Props) {
  const { search, select, replaceSearch } = url;
  const find = useCallback(
    (text: string, isInMessages: boolean) =>
      select({ search: text || undefined, messages: isInMessages || undefined }),
    [select],
  );
  if (selection.selected.size > 0) return <SelectionBar selection={selection} />;
  return (
    <Group gap="xs" justify="space-between" align="start">
      <Group gap="xs" flex={1} miw={0}>
        <SessionSearchBox
          search={search.search ?? ""}
          isInMessages={search.messages ?? false}
          onChange={find}
        />
        <FilterBar
          filters={search.filters ?? []}
          onChange={(filters) => select({ filters: filters.length > 0 ? filters : undefined })}
        />
      </Group>
      <Group gap="xs">
        <ViewMenu search={search} onChoose={replaceSearch} />
        <ExportMenu label="Export" selection={() => selectionOf(search)} />
      </Group>
    </Group>
  );
}
