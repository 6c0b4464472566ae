import { Skeleton, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";

import { useCallback } from "react";

import { Page } from "@/components/Page";
import { Reading } from "@/components/Reading";
import { RefreshControl } from "@/components/RefreshControl";
import { TimeRangePicker } from "@/components/TimeRangePicker";
import { ProjectPicker } from "@/features/projects/ProjectPicker";
import { useCards, useCourse } from "./analytics_data";
import type { AnalyticsSearch } from "./analytics_search";
import { DEFAULT_VIEW } from "./analytics_views";
import { Cards } from "./Cards";
import { Controls } from "./Controls";
import { Course } from "./Course";
import { Groups } from "./Groups";

/** Where the money and the time go. */
export function AnalyticsPage() {
  const search = useSearch({ from: "/analytics" });
  const navigate = useNavigate({ from: "/analytics" });
  const cards = useCards(search);
  const course = useCourse(search);
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
      <Reading query={cards}>
        <Cards
          answer={cards.data}
          view={search.view ?? DEFAULT_VIEW}
          onChoose={(view) => change({ view })}
        />
        <Reading query={course}>
          {course.data ? (
            <Course answer={course.data} search={search} />
          ) : (
            <Skeleton height={300} />
          )}
        </Reading>
        <Groups search={search} />
        <Text c="dimmed" fz="xs">
          Of traces that belong to a session, at the time at which each began, in UTC. A session
          with two tags is in the groups of both.
        </Text>
      </Reading>
    </Page>
  );
}
