import { Page } from "@/components/Page";
import { Reading } from "@/components/Reading";
import { RefreshControl } from "@/components/RefreshControl";
import { TimeRangePicker } from "@/components/TimeRangePicker";
import { ProjectPicker } from "@/features/projects/ProjectPicker";
import { GettingStarted } from "../getting-started/GettingStarted";
import { useSelection } from "./selection/use_selection";
import { useSessionCount, useSessionPage, useSessionTotals } from "./sessions_data";
import { useSessionsUrl } from "./sessions_url";
import { SessionsFooter } from "./SessionsFooter";
import { SessionsTable } from "./SessionsTable";
import { SessionsToolbar } from "./SessionsToolbar";
import { TotalsStrip } from "./TotalsStrip";
import { useIsStarted } from "./is_started";

const NO_ROWS: never[] = [];

export function SessionsPage() {
  const url = useSessionsUrl();
  const selection = useSelection(url.search);
  const page = useSessionPage(url.search);
  // What stands around the list waits for it: among very many, each of them takes the server's time.
  const isListed = !page.isPending;
  const total = useSessionCount(url.search, isListed);
  const totals = useSessionTotals(url.search, isListed);
  const { isStarted, start } = useIsStarted(page.data?.data);
  const rows = page.data?.data ?? NO_ROWS;

  const actions = (
    <>
      <ProjectPicker />
      <TimeRangePicker />
      <RefreshControl />
    </>
  );
  if (isStarted === false) {
    return (
      <Page title="Sessions">
        <GettingStarted onDone={start} />
      </Page>
    );
  }
  return (
    <Page title="Sessions" isFilling actions={actions}>
      <Reading query={totals} isAside>
        <TotalsStrip totals={totals.data} />
      </Reading>
      <SessionsToolbar url={url} selection={selection} />
      <Reading query={page}>
        <SessionsTable
          url={url}
          rows={rows}
          isLoading={page.isPending || isStarted === undefined}
          selected={selection.selected}
          onSelect={selection.select}
        />
      </Reading>
      <SessionsFooter
        url={url}
        rows={rows}
        hasMore={page.data?.has_more ?? false}
        total={total.data?.count}
      />
    </Page>
  );
}
