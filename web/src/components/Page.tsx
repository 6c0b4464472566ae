import { Group, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";

import { visible } from "@/text/visible";
import classes from "./Page.module.css";

interface Props {
  /** Plain text, also the title of the browser tab. */
  title: string;
  /** Replaces the title as heading. */
  heading?: ReactNode;
  /** Controls to the right of the title, e.g. the time range. */
  actions?: ReactNode;
  /** The page is as high as the window, and children with `flex: 1` fill the remaining height. */
  isFilling?: boolean;
  children: ReactNode;
}

/** A page with title, actions and content. */
export function Page({ title, heading, actions, isFilling = false, children }: Props) {
  const name = visible(title);
  useEffect(() => {
    document.title = `${name} · Sessionary`;
  }, [name]);
  return (
    <div className={classes.page} data-filling={isFilling || undefined}>
      <Group component="header" justify="space-between" gap="xs" mih={30}>
        {heading ?? (
          <Title order={1} fz="lg" fw={650}>
            {name}
          </Title>
        )}
        <Group gap="xs">{actions}</Group>
      </Group>
      {children}
    </div>
  );
}
