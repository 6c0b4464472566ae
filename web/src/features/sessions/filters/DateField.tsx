import { Group, Stack } from "@mantine/core";

import { Choice, Count, Moment } from "./date_inputs";
import type { DateValue, ValueKind } from "./session_filter";

interface Props {
  kind: ValueKind;
  value: DateValue;
  onChange: (value: DateValue) => void;
}

const MOMENTS = [
  { value: "today", label: "today" },
  { value: "yesterday", label: "yesterday" },
  { value: "one_week_ago", label: "a week ago" },
  { value: "one_month_ago", label: "a month ago" },
  { value: "custom_date", label: "a date" },
];
const DIRECTIONS = [
  { value: "past", label: "last" },
  { value: "present", label: "current" },
];
const AGO = [
  { value: "hours_ago", label: "hours" },
  { value: "minutes_ago", label: "minutes" },
];
const UNITS = ["day", "week", "month", "year"];

/** The criteria of a date filter. Days and times are in UTC, as in the API. */
export function DateField({ kind, value, onChange }: Props) {
  const { criteria } = value;
  const set = (changed: DateValue["criteria"]) =>
    onChange({ ...value, criteria: { ...criteria, ...changed } });
  const setEnd = (name: string, time: string) => {
    const { [name]: _, ...others } = criteria;
    onChange({ ...value, criteria: time ? { ...others, [name]: time } : others });
  };
  switch (kind) {
    case "days":
      return (
        <Group grow>
          <Moment
            label="From"
            mode={value.mode}
            value={criteria.startDate}
            onChange={(time) => setEnd("startDate", time)}
          />
          <Moment
            label="To"
            mode={value.mode}
            value={criteria.endDate}
            onChange={(time) => setEnd("endDate", time)}
          />
        </Group>
      );
    case "period":
      return (
        <Group grow align="end">
          <Choice
            label="Period"
            data={DIRECTIONS}
            value={criteria.direction}
            onChange={(direction) => set({ direction })}
          />
          {criteria.direction === "past" && (
            <Count value={criteria.count} onChange={(count) => set({ count })} />
          )}
          <Choice
            label="Unit"
            data={UNITS}
            value={criteria.unit}
            onChange={(unit) => set({ unit })}
          />
        </Group>
      );
    case "ago":
      return (
        <Group grow align="end">
          <Count value={criteria.count} onChange={(count) => set({ count })} />
          <Choice
            label="Unit"
            data={AGO}
            value={criteria.unit}
            onChange={(unit) => set({ unit })}
          />
        </Group>
      );
    default:
      return (
        <Stack gap="xs">
          <Choice
            label="When"
            data={MOMENTS}
            value={criteria.relativeTime}
            onChange={(relativeTime) => {
              const custom: DateValue["criteria"] =
                relativeTime === "custom_date" ? { customDate: "" } : {};
              onChange({ ...value, criteria: { relativeTime, ...custom } });
            }}
          />
          {criteria.relativeTime === "custom_date" && (
            <Moment
              label="Date"
              mode={value.mode}
              value={criteria.customDate}
              onChange={(customDate) => set({ customDate })}
            />
          )}
        </Stack>
      );
  }
}
