import { Progress as Bar, Stack, Text } from "@mantine/core";

import { count } from "@/format/count";
import type { Progress } from "./repricing";

/** The progress of re-pricing. */
export function RepricingProgress({ progress }: { progress: Progress | null }) {
  const share = progress && progress.total > 0 ? (100 * progress.done) / progress.total : 0;
  return (
    <Stack gap={4} role="status">
      <Bar
        value={progress ? share : 100}
        animated={!progress}
        aria-label="Re-pricing stored calls"
      />
      <Text c="dimmed" fz="sm" className="tabular">
        {progress
          ? `${count(progress.done)} of ${count(progress.total)} calls`
          : "Re-pricing stored calls…"}
      </Text>
    </Stack>
  );
}
