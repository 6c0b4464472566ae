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

interface FieldProps<Value> {
  label?: string;
  value: string | number | undefined;
  onChange: (value: Value) => void;
}

interface MomentProps extends FieldProps<string> {
  label: string;
  mode: DateValue["mode"];
}

/** A day or, in mode `datetime`, an instant. */
function Moment({ label, mode, value, onChange }: MomentProps) {
  if (mode === "date") {
    return (
      <TextInput
        type="date"
        label={label}
        value={value ?? ""}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      type="datetime-local"
      step="any"
      label={`${label} (UTC)`}
      value={clockOf(value)}
      onChange={(event) => onChange(event.currentTarget.value && `${event.currentTarget.value}Z`)}
    />
  );
}

/** The field's value of an instant, in UTC; the short form avoids a rewrite while typing. */
function clockOf(value: string | number | undefined): string {
  const time = new Date(value ?? "");
  if (Number.isNaN(time.getTime())) return "";
  return time.toISOString().replace(/(:00)?(\.000)?Z$/, "");
}

function Count({ value, onChange }: FieldProps<number>) {
  return (
    <NumberInput
      label="Count"
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
