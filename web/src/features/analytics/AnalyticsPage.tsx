import { Skeleton, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";

import { useCallback } from "react";

import { Page } from "@/components/Page";
import { QueryBoundary } from "@/components/QueryBoundary";
import { RefreshControl } from "@/components/RefreshControl";
import { TimeRangePicker } from "@/components/TimeRangePicker";
import { ProjectPicker } from "@/features/projects/ProjectPicker";
import { useCards, useTimeSeries } from "./analytics_data";
import type { AnalyticsSearch } from "./analytics_search";
import { DEFAULT_VIEW } from "./analytics_views";
import { Cards } from "./Cards";
import { Controls } from "./Controls";
import { TimeSeries } from "./TimeSeries";
import { Groups } from "./Groups";

/** Cost, usage and latency over time and by group. */
export function AnalyticsPage() {
  const search = useSearch({ from: "/analytics" });
  const navigate = useNavigate({ from: "/analytics" });
  const cards = useCards(search);
  const timeSeries = useTimeSeries(search);
  const change = useCallback(
    (changed: Partial<AnalyticsSearch>) =>
      void navigate({ search: (before) => ({ ...before, ...changed }), replace: true }),
    [navigate],
  );
  return (
    <Page
      title="Analytics"
      actions={
        <>
          <ProjectPicker />
          <TimeRangePicker />
          <RefreshControl />
        </>
      }
    >
      <Controls search={search} onChange={change} />
      <QueryBoundary query={cards}>
        <Cards
          answer={cards.data}
          view={search.view ?? DEFAULT_VIEW}
          onChoose={(view) => change({ view })}
        />
        <QueryBoundary query={timeSeries}>
          {timeSeries.data ? (
            <TimeSeries answer={timeSeries.data} search={search} />
          ) : (
            <Skeleton height={300} />
          )}
        </QueryBoundary>
        <Groups search={search} />
        <Text c="dimmed" fz="xs">
          Grouped by trace start time (UTC). Traces without a session are excluded. A session with
          two tags is in both groups.
        </Text>
      </QueryBoundary>
    </Page>
  );
}
