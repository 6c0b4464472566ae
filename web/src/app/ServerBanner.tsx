import { Alert } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { useIsServerReachable } from "@/api/server_status";

/** Shown while the server is unreachable; all queries are refetched when it is back. */
export function ServerBanner() {
  const isReachable = useIsServerReachable();
  const wasReachable = useRef(true);
  const queryClient = useQueryClient();
  useEffect(() => {
    if (isReachable && !wasReachable.current) void queryClient.invalidateQueries();
    wasReachable.current = isReachable;
  }, [isReachable, queryClient]);
  if (isReachable) return null;
  return (
    <Alert color="red" radius={0} py={6} role="status" title="Cannot reach the server">
      Data may be out of date. Retrying every 2 seconds.
    </Alert>
  );
}
