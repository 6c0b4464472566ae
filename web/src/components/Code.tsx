import { Box } from "@mantine/core";

import { visible } from "@/text/visible";
import { CopyButton } from "./CopyButton";
import classes from "./Code.module.css";

interface Props {
  children: string;
  what: string;
}

/** A command or snippet with a copy button. */
export function Code({ children, what }: Props) {
  return (
    <Box className={classes.code}>
      <pre className={classes.text} tabIndex={0} aria-label={what}>
        {visible(children)}
      </pre>
      <div className={classes.copy}>
        <CopyButton value={children} what={what} />
      </div>
    </Box>
  );
}
