import { NumberInput, Select, TextInput } from "@mantine/core";

import type { DateValue } from "./session_filter";

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
export function Moment({ label, mode, value, onChange }: MomentProps) {
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

export function Count({ value, onChange }: FieldProps<number>) {
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

export function Choice({ label, data, value, onChange }: ChoiceProps) {
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
