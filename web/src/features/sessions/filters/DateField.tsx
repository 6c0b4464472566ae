import { Group, NumberInput, Select, Stack, TextInput } from "@mantine/core";

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
  { value: "present", label: "running" },
];
const AGO = [
  { value: "hours_ago", label: "hours" },
  { value: "minutes_ago", label: "minutes" },
];
const UNITS = ["day", "week", "month", "year"];

/** The criteria of a date filter. Days are those of UTC, as the API counts them. */
export function DateField({ kind, value, onChange }: Props) {
  const { criteria } = value;
  const set = (changed: DateValue["criteria"]) =>
    onChange({ ...value, criteria: { ...criteria, ...changed } });
  switch (kind) {
    case "days":
      return (
        <Group grow>
          <Day
            label="From"
            value={criteria.startDate}
            onChange={(startDate) => set({ startDate })}
          />
          <Day label="To" value={criteria.endDate} onChange={(endDate) => set({ endDate })} />
        </Group>
      );
    case "period":
      return (
        <Group grow align="end">
          <Choice
            label="Which"
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
            <Day
              label="Date"
              value={criteria.customDate}
              onChange={(customDate) => set({ customDate })}
            />
          )}
        </Stack>
      );
  }
}

interface FieldProps<Value> {
  label?: string;
  value: string | number | undefined;
  onChange: (value: Value) => void;
}

function Day({ label, value, onChange }: FieldProps<string>) {
  return (
    <TextInput
      type="date"
      label={label}
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function Count({ value, onChange }: FieldProps<number>) {
  return (
    <NumberInput
      label="How many"
      min={1}
      value={value ?? 1}
      onChange={(count) => onChange(Math.max(1, Math.round(Number(count))))}
    />
  );
}

interface ChoiceProps extends FieldProps<string> {
  data: string[] | { value: string; label: string }[];
}

function Choice({ label, data, value, onChange }: ChoiceProps) {
  return (
    <Select
      label={label}
      data={data}
      value={String(value)}
      allowDeselect={false}
      onChange={(choice) => {
        if (choice !== null) onChange(choice);
      }}
      comboboxProps={{ withinPortal: false }}
    />
  );
}
