import { Button, Popover, Select, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFilterPlus } from "@tabler/icons-react";
import { type SubmitEvent, useState } from "react";

import { isComplete, operatorText } from "./operators";
import { type TraceField, useTraceFields } from "./traces_data";
import type { TraceFilter } from "./traces_search";
import { ValueInput } from "./ValueInput";

/** A form to add a filter, with the fields, operators and values that the API lists. */
export function AddFilter({ onAdd }: { onAdd: (filter: TraceFilter) => void }) {
  const [isOpen, { toggle, close }] = useDisclosure();
  return (
    <Popover opened={isOpen} onChange={close} position="bottom-start" trapFocus width={300}>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconFilterPlus size={14} aria-hidden />}
          onClick={toggle}
        >
          Filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Filter">
        <Form
          onAdd={(filter) => {
            onAdd(filter);
            close();
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function Form({ onAdd }: { onAdd: (filter: TraceFilter) => void }) {
  const fields = useTraceFields().data ?? [];
  const [name, setName] = useState<string | null>(null);
  const [key, setKey] = useState("");
  const [op, setOp] = useState("");
  const [values, setValues] = useState<string[]>([]);
  const field = fields.find((known) => known.name === name);
  // A field that ends in a dot, such as `metadata.`, takes a key.
  const isKeyed = field?.name.endsWith(".") ?? false;
  const canAdd = field && op && isComplete(op, values) && (!isKeyed || key !== "");
  const choose = (chosen: string | null) => {
    setName(chosen);
    setOp(fields.find((known) => known.name === chosen)?.operators[0] ?? "");
    setValues([]);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (canAdd) onAdd({ field: field.name + (isKeyed ? key : ""), op, values });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Select
          label="Field"
          searchable
          data={choicesOf(fields)}
          value={name}
          onChange={choose}
          comboboxProps={INSIDE_POPOVER}
          data-autofocus
        />
        {isKeyed && (
          <TextInput
            label="Key"
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
        )}
        {field && (
          <Select
            label="Operator"
            data={field.operators.map((known) => ({ value: known, label: operatorText(known) }))}
            value={op}
            onChange={(chosen) => setOp(chosen ?? "")}
            allowDeselect={false}
            comboboxProps={INSIDE_POPOVER}
          />
        )}
        {field && <ValueInput key={field.name} {...{ field, op, values }} onChange={setValues} />}
        <Button type="submit" disabled={!canAdd}>
          Apply
        </Button>
      </Stack>
    </form>
  );
}

// In a portal, a click on an option would count as outside of the popover and close it.
const INSIDE_POPOVER = { withinPortal: false };

function choicesOf(fields: readonly TraceField[]) {
  const of = (scope: TraceField["scope"]) =>
    fields
      .filter((field) => field.scope === scope)
      .map(({ name, label }) => ({ value: name, label }));
  return [
    { group: "Trace", items: of("trace") },
    { group: "Any span", items: of("span") },
  ];
}
