import { Button, Divider, Popover, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCalendar, IconChevronDown } from "@tabler/icons-react";

import { PRESETS, type Preset, type TimeRange } from "@/url_state/time_range";
import { useCommonSearch } from "@/url_state/use_common_search";
import { CustomRange } from "./CustomRange";

/** Selects the time range of the page, which is stored in its URL. */
export function TimeRangePicker() {
  const { range, setRange } = useCommonSearch();
  const [isOpen, { toggle, close }] = useDisclosure();
  const choose = (chosen: TimeRange) => {
    setRange(chosen);
    close();
  };
  return (
    <Popover opened={isOpen} onChange={close} position="bottom-end" trapFocus withinPortal>
      <Popover.Target>
        <Button
          variant="default"
          onClick={toggle}
          leftSection={<IconCalendar size={14} aria-hidden />}
          rightSection={<IconChevronDown size={12} aria-hidden />}
          aria-label={`Time range: ${labelOf(range)}`}
        >
          {labelOf(range)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={6} aria-label="Time range">
        <Stack gap={2}>
          {(Object.keys(PRESETS) as Preset[]).map((preset) => (
            <Choice
              key={preset}
              range={{ kind: "preset", preset }}
              chosen={range}
              onChoose={choose}
            />
          ))}
          <Choice range={{ kind: "all" }} chosen={range} onChoose={choose} />
          <Divider my={4} />
          <CustomRange range={range} onChoose={choose} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

interface ChoiceProps {
  range: TimeRange;
  chosen: TimeRange;
  onChoose: (range: TimeRange) => void;
}

function Choice({ range, chosen, onChoose }: ChoiceProps) {
  const isChosen = labelOf(range) === labelOf(chosen);
  return (
    <Button
      variant={isChosen ? "light" : "subtle"}
      color={isChosen ? undefined : "gray"}
      c={isChosen ? undefined : "var(--mantine-color-text)"}
      justify="flex-start"
      fw={400}
      aria-pressed={isChosen}
      onClick={() => onChoose(range)}
    >
      {labelOf(range)}
    </Button>
  );
}

function labelOf(range: TimeRange): string {
  switch (range.kind) {
    case "all":
      return "All time";
    case "preset":
      return PRESETS[range.preset].label;
    case "custom":
      return `${short(range.from)} – ${short(range.to)}`;
  }
}

const SHORT = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

function short(time: string): string {
  return SHORT.format(new Date(time));
}
