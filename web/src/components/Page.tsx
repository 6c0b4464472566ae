import { Group, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";

import { visible } from "@/text/visible";
import classes from "./Page.module.css";

interface Props {
  /** Plain text: it is the tab's title, too. */
  title: string;
  /** In place of the title as heading, where a page shows more there. */
  heading?: ReactNode;
  /** At the right of the title: the time range, buttons. */
  actions?: ReactNode;
  /** The page is as high as the window, and what has `flex: 1` in it takes what is left. */
  isFilling?: boolean;
  children: ReactNode;
}

/** A page: its title, what can be done on it, and its content. */
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
