import { Group } from "@mantine/core";
import { useState } from "react";

import { LiveControl } from "../live/LiveControl";
import { useLiveSessions } from "../live/live_sessions";
import { Pager } from "./Pager";
import type { SessionRow } from "../sessions_data";
import type { useSessionsUrl } from "../use_sessions_url";

interface Props {
  url: ReturnType<typeof useSessionsUrl>;
  rows: readonly SessionRow[];
  hasMore: boolean;
  total: number | undefined;
}

/** The live control and the pager of the list. */
export function SessionsFooter({ url, rows, hasMore, total }: Props) {
  const [isPaused, setIsPaused] = useState(false);
  const live = useLiveSessions(url, rows, !isPaused);
  const first = rows[0]?._id;
  const last = rows.at(-1)?._id;
  // After going back, the page we came from is the next one.
  const hasNext = hasMore || url.search.before !== undefined;
  const toPrevious = () => (first ? url.toPageBefore(first) : url.select({}));
  return (
    <Group justify="space-between">
      <LiveControl
        isPaused={isPaused}
        isConnected={live.state === "open"}
        unseen={live.unseen}
        onPause={setIsPaused}
        onShow={live.show}
      />
      <Pager
        skipped={url.skipped}
        rows={rows.length}
        total={total}
        onPrevious={url.skipped > 0 ? toPrevious : undefined}
        onNext={hasNext && last ? () => url.toPageAfter(last) : undefined}
      />
    </Group>
  );
}
