import { ActionIcon, Tooltip } from "@mantine/core";
import { useTimeout } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";

import { copyToClipboard } from "./copy";

interface Props {
  value: string;
  /** What is copied, e.g. "external id". */
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
      const message = "The browser does not allow it: select the text and copy it.";
      notifications.show({ color: "red", title: "Not copied", message });
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
