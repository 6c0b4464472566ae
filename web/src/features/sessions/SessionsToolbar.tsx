import { Group } from "@mantine/core";
import { useCallback } from "react";

import { ExportMenu } from "./export/ExportMenu";
import { FilterBar } from "./filters/FilterBar";
import { SessionSearch } from "./SessionSearch";
import { SelectionBar } from "./selection/SelectionBar";
import type { SelectedSessions } from "./selection/use_selection";
import { selectionOf } from "./sessions_query";
import type { useSessionsUrl } from "./sessions_url";
import { ViewMenu } from "./views/ViewMenu";

interface Props {
  url: ReturnType<typeof useSessionsUrl>;
  selection: SelectedSessions;
}

/** What selects sessions; while some are ticked, what can be done with those. */
export function SessionsToolbar({ url, selection }: Props) {
  const { search, select, replaceAll } = url;
  const find = useCallback(
    (text: string, isInMessages: boolean) =>
      select({ search: text || undefined, messages: isInMessages || undefined }),
    [select],
  );
  if (selection.selected.size > 0) return <SelectionBar selection={selection} />;
  return (
    <Group gap="xs" justify="space-between" align="start">
      <Group gap="xs" flex={1} miw={0}>
        <SessionSearch
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
        <ViewMenu search={search} onChoose={replaceAll} />
        <ExportMenu label="Export" selection={() => selectionOf(search)} />
      </Group>
    </Group>
  );
}
