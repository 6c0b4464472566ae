import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";

import { type FilterPath, pathOf, useFilterPaths } from "./filter_paths_data";
import { operatorText } from "./filter_text";
import { type SessionFilter, emptyValueOf, isComplete, valueKindOf } from "./session_filter";
import { ValueField } from "./ValueField";

interface Props {
  initial?: SessionFilter;
  onApply: (filter: SessionFilter) => void;
}

const EMPTY: SessionFilter = { path: "", type: "", operator: "" };
const INSIDE_POPOVER = { withinPortal: false };

/** The form of a filter: field, operator and value. */
export function FilterForm({ initial = EMPTY, onApply }: Props) {
  const { data: known } = useFilterPaths();
  const [filter, setFilter] = useState(initial);
  const path = pathOf(known?.paths ?? [], filter.path);
  const operatorsOf = (type: string) =>
    known?.filter_types.find((found) => found.type === type)?.operators ?? [];

  const choosePath = (name: string | null) => {
    const chosen = known?.paths.find((one) => one.path === name);
    const type = chosen?.filter_types[0];
    if (chosen && type) chooseOperator({ path: chosen.path, type }, operatorsOf(type)[0] ?? "");
  };
  const chooseOperator = (of: Pick<SessionFilter, "path" | "type">, operator: string) => {
    const value = emptyValueOf(valueKindOf({ type: of.type, operator }));
    setFilter({ ...of, operator, ...(value !== undefined && { value }) });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (isComplete(filter)) onApply(filter);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs" w={300}>
        <Select
          label="Field"
          searchable
          data-autofocus
          data={(known?.paths ?? []).map((one) => one.path)}
          value={path?.path ?? null}
          onChange={choosePath}
          comboboxProps={INSIDE_POPOVER}
        />
        {path?.path.endsWith(".") && (
          <TextInput
            label="Key"
            value={filter.path.slice(path.path.length)}
            onChange={(event) =>
              setFilter({ ...filter, path: path.path + event.currentTarget.value })
            }
          />
        )}
        {path && (
          <Select
            label="Operator"
            data={choicesOf(path, operatorsOf)}
            value={`${filter.type}:${filter.operator}`}
            allowDeselect={false}
            onChange={(choice) => {
              const [type = "", operator = ""] = (choice ?? "").split(":");
              chooseOperator({ path: filter.path, type }, operator);
            }}
            comboboxProps={INSIDE_POPOVER}
          />
        )}
        {path && (
          <ValueField filter={filter} onChange={(value) => setFilter({ ...filter, value })} />
        )}
        <Group justify="flex-end">
          <Button type="submit">Apply</Button>
        </Group>
      </Stack>
    </form>
  );
}

const TYPE_NAMES: Record<string, string> = {
  string: "Text",
  "single-value-array": "Any value",
  "multi-value-array": "All values",
  number: "Number",
  date: "Time",
  boolean: "Yes or no",
};

/** Operators with the same meaning in every type of filter. */
const EMPTINESS = ["is_empty", "is_not_empty"];

/** The operators of all filter types of a path. */
function choicesOf(path: FilterPath, operatorsOf: (type: string) => string[]) {
  const groups = path.filter_types.map((type, index) => ({
    group: TYPE_NAMES[type] ?? type,
    items: operatorsOf(type)
      .filter((operator) => index === 0 || !EMPTINESS.includes(operator))
      .map((operator) => ({
        value: `${type}:${operator}`,
        label: operatorText(type, operator),
      })),
  }));
  return groups.length === 1 ? (groups[0]?.items ?? []) : groups;
}
