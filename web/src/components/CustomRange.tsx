import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";

import { type TimeRange, instantsOf } from "@/url_state/time_range";

interface Props {
  range: TimeRange;
  onChoose: (range: TimeRange) => void;
}

/** Start and end in the user's time zone, with the browser's native fields. */
export function CustomRange({ range, onChoose }: Props) {
  const [start, setStart] = useState(() => localText(instantsOf(range).start));
  const [end, setEnd] = useState(() => localText(instantsOf(range).end ?? new Date()));
  const isValid = start !== "" && end !== "" && start < end;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!isValid) return;
    onChoose({ kind: "custom", from: instantText(start), to: instantText(end) });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap={6} px={4} pb={4}>
        <TextInput
          type="datetime-local"
          label="From"
          value={start}
          onChange={(event) => setStart(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label="To"
          value={end}
          onChange={(event) => setEnd(event.currentTarget.value)}
          error={start !== "" && end !== "" && !isValid && "Must be after From"}
        />
        <Group justify="flex-end">
          <Button type="submit" disabled={!isValid}>
            Apply
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The value of a datetime-local field: local time to the minute. */
function localText(time: Date | undefined): string {
  if (!time) return "";
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

function instantText(local: string): string {
  return new Date(local).toISOString();
}
