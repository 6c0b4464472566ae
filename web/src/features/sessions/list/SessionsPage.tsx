import { Page } from "@/components/Page";
import { QueryBoundary } from "@/components/QueryBoundary";
import { RefreshControl } from "@/components/RefreshControl";
import { TimeRangePicker } from "@/components/TimeRangePicker";
import { ProjectPicker } from "@/features/projects/ProjectPicker";
import { GettingStarted } from "@/features/getting-started/GettingStarted";
import { useSelection } from "../selection/use_selection";
import { useSessionCount, useSessionPage, useSessionTotals } from "../sessions_data";
import { useSessionsUrl } from "../use_sessions_url";
import { SessionsFooter } from "./SessionsFooter";
import { SessionsTable } from "./SessionsTable";
import { SessionsToolbar } from "./SessionsToolbar";
import { TotalsStrip } from "./TotalsStrip";
import { useHasAnySession } from "./has_any_session";

const NO_ROWS: never[] = [];

export function SessionsPage() {
  const url = useSessionsUrl();
  const selection = useSelection(url.search);
  const page = useSessionPage(url.search);
  // Count and totals load after the list, since all three are expensive with many sessions.
  const isListed = !page.isPending;
  const total = useSessionCount(url.search, isListed);
  const totals = useSessionTotals(url.search, isListed);
  const { hasAny, showList } = useHasAnySession(page.data?.data);
  const rows = page.data?.data ?? NO_ROWS;

  const actions = (
    <>
      <ProjectPicker />
      <TimeRangePicker />
      <RefreshControl />
    </>
  );
  if (hasAny === false) {
    return (
      <Page title="Sessions">
        <GettingStarted onDone={showList} />
      </Page>
    );
  }
  return (
    <Page title="Sessions" isFilling actions={actions}>
      <QueryBoundary query={totals} isInline>
        <TotalsStrip totals={totals.data} />
      </QueryBoundary>
      <SessionsToolbar url={url} selection={selection} />
      <QueryBoundary query={page}>
        <SessionsTable
          url={url}
          rows={rows}
          isLoading={page.isPending || hasAny === undefined}
          selected={selection.selected}
          onSelect={selection.select}
        />
      </QueryBoundary>
      <SessionsFooter
        url={url}
        rows={rows}
        hasMore={page.data?.has_more ?? false}
        total={total.data?.count}
      />
    </Page>
  );
}
