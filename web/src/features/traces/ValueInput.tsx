import { Autocomplete, Group, Select, TextInput } from "@mantine/core";

import { TagsField } from "@/components/TagsField";
import { valuesOf } from "./operators";
import { type TraceField, useFieldValues } from "./traces_data";

interface Props {
  field: TraceField;
  op: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
}

const HINTS: Partial<Record<TraceField["type"], string>> = {
  duration: "Milliseconds",
  money: "US dollars",
  date: "2026-01-31T12:00:00Z",
};

/** The values of a filter: selected from known values, or typed. */
export function ValueInput({ field, op, values, onChange }: Props) {
  const known = useFieldValues(field).data ?? [];
  const hint = HINTS[field.type] ?? "Value";
  const [first = "", second = ""] = values;
  const choices = field.enum_values ?? [];
  switch (valuesOf(op)) {
    case "none":
      return null;
    case "many":
      return (
        <TagsField
          label="Values"
          placeholder="Press Enter after each value"
          data={choices.length > 0 ? choices : known}
          initial={values}
          onChange={onChange}
          comboboxProps={INSIDE_POPOVER}
        />
      );
    case "two":
      return (
        <Group gap="xs" grow>
          <TextInput
            label="From"
            placeholder={hint}
            value={first}
            onChange={(event) => onChange([event.currentTarget.value, second])}
          />
          <TextInput
            label="To"
            placeholder={hint}
            value={second}
            onChange={(event) => onChange([first, event.currentTarget.value])}
          />
        </Group>
      );
    case "one":
      return <OneValue {...{ field, hint, choices, known, value: first }} onChange={onChange} />;
  }
}

interface OneProps {
  field: TraceField;
  hint: string;
  choices: readonly string[];
  known: readonly string[];
  value: string;
  onChange: (values: string[]) => void;
}

function OneValue({ field, hint, choices, known, value, onChange }: OneProps) {
  if (choices.length > 0) {
    return (
      <Select
        label="Value"
        data={choices}
        value={value || null}
        onChange={(chosen) => onChange(chosen ? [chosen] : [])}
        comboboxProps={INSIDE_POPOVER}
      />
    );
  }
  if (!field.facet) {
    return (
      <TextInput
        label="Value"
        placeholder={hint}
        value={value}
        onChange={(event) => onChange([event.currentTarget.value])}
      />
    );
  }
  return (
    <Autocomplete
      label="Value"
      placeholder={hint}
      size="xs"
      data={known}
      value={value}
      onChange={(typed) => onChange([typed])}
      comboboxProps={INSIDE_POPOVER}
    />
  );
}

// In a portal, a click on an option would count as outside of the popover and close it.
const INSIDE_POPOVER = { withinPortal: false };
