import { Group, NumberInput, Select, TagsInput, TextInput } from "@mantine/core";

import { DateField } from "./DateField";
import { type FilterValue, type SessionFilter, isDateValue, valueKindOf } from "./session_filter";

interface Props {
  filter: SessionFilter;
  onChange: (value: FilterValue) => void;
}

/** The field for the value of a filter, as its operator requires. */
export function ValueField({ filter, onChange }: Props) {
  const { value } = filter;
  switch (valueKindOf(filter)) {
    case "none":
      return null;
    case "text":
      return (
        <TextInput
          label="Value"
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "texts":
      return (
        <TagsInput
          label="Values"
          description="Press Enter after each value"
          acceptValueOnBlur
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={onChange}
        />
      );
    case "number":
      return <Amount label="Value" value={value} onChange={onChange} />;
    case "numbers": {
      const [low = 0, high = 0] = Array.isArray(value) ? value.map(Number) : [];
      return (
        <Group grow>
          <Amount label="From" value={low} onChange={(changed) => onChange([changed, high])} />
          <Amount label="To" value={high} onChange={(changed) => onChange([low, changed])} />
        </Group>
      );
    }
    case "flag":
      return (
        <Select
          label="Value"
          data={["yes", "no"]}
          value={value === false ? "no" : "yes"}
          allowDeselect={false}
          onChange={(choice) => onChange(choice === "yes")}
          comboboxProps={{ withinPortal: false }}
        />
      );
    case "day":
    case "days":
    case "period":
    case "ago":
      return isDateValue(value) ? (
        <DateField kind={valueKindOf(filter)} value={value} onChange={onChange} />
      ) : null;
  }
}

interface AmountProps {
  label: string;
  value: FilterValue | undefined;
  onChange: (value: number) => void;
}

function Amount({ label, value, onChange }: AmountProps) {
  return (
    <NumberInput
      label={label}
      value={typeof value === "number" ? value : 0}
      onChange={(changed) => onChange(Number(changed))}
      hideControls
    />
  );
}
