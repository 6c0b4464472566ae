import { ActionIcon, Tooltip } from "@mantine/core";
import { useTimeout } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";

import { copyToClipboard } from "./copy";

interface Props {
  value: string;
  /** The noun of the tooltip, e.g. "external id". */
  what: string;
}

const COPIED_MS = 1_500;

export function CopyButton({ value, what }: Props) {
  const [isCopied, setIsCopied] = useState(false);
  const { start } = useTimeout(() => setIsCopied(false), COPIED_MS);
  const copy = async () => {
    if (await copyToClipboard(value)) {
      setIsCopied(true);
      start();
    } else {
      const message = "The browser blocked it. Select the text and copy it yourself.";
      notifications.show({ color: "red", title: "Could not copy", message });
    }
  };
  const label = isCopied ? "Copied" : `Copy ${what}`;
  return (
    <Tooltip label={label}>
      <ActionIcon size="xs" aria-label={label} onClick={() => void copy()}>
        {isCopied ? <IconCheck size={13} /> : <IconCopy size={13} />}
      </ActionIcon>
    </Tooltip>
  );
}
