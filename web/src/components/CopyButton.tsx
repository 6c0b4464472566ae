import { ActionIcon, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";

interface Props {
  value: string;
  /** What is copied, e.g. "external id". */
  what: string;
}

export function CopyButton({ value, what }: Props) {
  const { copied, copy } = useClipboard({ timeout: 1500 });
  const label = copied ? "Copied" : `Copy ${what}`;
  return (
    <Tooltip label={label}>
      <ActionIcon size="xs" aria-label={label} onClick={() => copy(value)}>
        {copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
      </ActionIcon>
    </Tooltip>
  );
}
