import { Text } from "@mantine/core";

import { visible } from "@/text/visible";
import type { SpanDetail } from "./span_data";
import classes from "./span.module.css";

/** The error of a failed span. */
export function SpanError({ span: { error } }: { span: SpanDetail }) {
  if (!error) return null;
  return (
    <div className={classes.error} role="group" aria-label="Error">
      <Text fw={600} c="var(--app-bad)">
        {error.type ? visible(error.type) : "Failed"}
      </Text>
      {error.message && <div>{visible(error.message)}</div>}
      {error.stack_trace && (
        <pre className={classes.stack} tabIndex={0} aria-label="Stack trace">
          {visible(error.stack_trace)}
        </pre>
      )}
    </div>
  );
}
