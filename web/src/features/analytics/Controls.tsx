import { Group, SegmentedControl, Select } from "@mantine/core";
import { useCallback } from "react";

import { FilterBar } from "@/features/sessions/filters/FilterBar";
import { SessionSearchBox } from "@/features/sessions/filters/SessionSearchBox";
import type { AnalyticsSearch } from "./analytics_search";
import {
  DEFAULT_PERCENTILE,
  DEFAULT_VIEW,
  INTERVALS,
  type Interval,
  PERCENTILES,
  SPLITS,
  type Split,
  hasPercentiles,
} from "./analytics_views";

interface Props {
  search: AnalyticsSearch;
  onChange: (changed: Partial<AnalyticsSearch>) => void;
}

const SPLIT_CHOICES = [
  { value: "", label: "No split" },
  ...Object.entries(SPLITS).map(([value, { label }]) => ({
    value,
    label: `By ${label.toLowerCase()}`,
  })),
];
const INTERVAL_CHOICES = [
  { value: "", label: "Auto interval" },
  ...Object.entries(INTERVALS).map(([value, label]) => ({ value, label })),
];

/** Search, filters, split and interval of the page. */
export function Controls({ search, onChange }: Props) {
  const find = useCallback(
    (text: string, isInMessages: boolean) =>
      onChange({ search: text || undefined, messages: isInMessages || undefined }),
    [onChange],
  );
  return (
    <Group gap="xs">
      <SessionSearchBox
        search={search.search ?? ""}
        isInMessages={search.messages ?? false}
        onChange={find}
      />
      <Select
        aria-label="Split by"
        data={SPLIT_CHOICES}
        value={search.split ?? ""}
        onChange={(value) => onChange({ split: value ? (value as Split) : undefined })}
        allowDeselect={false}
        w={140}
      />
      {search.split && hasPercentiles(search.view ?? DEFAULT_VIEW) && (
        <SegmentedControl
          aria-label="Percentile"
          data={[...PERCENTILES]}
          value={search.percentile ?? DEFAULT_PERCENTILE}
          onChange={(value) => onChange({ percentile: value })}
        />
      )}
      <Select
        aria-label="Interval"
        data={INTERVAL_CHOICES}
        value={search.interval ?? ""}
        onChange={(value) => onChange({ interval: value ? (value as Interval) : undefined })}
        allowDeselect={false}
        w={130}
      />
      <SegmentedControl
        aria-label="Show as"
        data={[
          { value: "chart", label: "Chart" },
          { value: "table", label: "Table" },
        ]}
        value={search.as ?? "chart"}
        onChange={(value) => onChange({ as: value === "table" ? "table" : undefined })}
      />
      <FilterBar
        filters={search.filters ?? []}
        onChange={(filters) => onChange({ filters: filters.length > 0 ? filters : undefined })}
      />
    </Group>
  );
}
