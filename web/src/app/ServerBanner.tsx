import { Alert } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

import { useIsServerReachable } from "@/api/server_status";

/** Says that the server does not answer; once it does again, everything is read anew. */
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
    <Alert color="red" radius={0} py={6} role="status" title="The server does not answer">
      What is shown may be out of date. It is asked again every two seconds.
    </Alert>
  );
}
