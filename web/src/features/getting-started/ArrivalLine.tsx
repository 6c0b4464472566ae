import { Anchor, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { api, data } from "@/api/client";
import classes from "./GettingStarted.module.css";

const POLL_MS = 1_000;

/** Turns green when the first span arrives. */
export function ArrivalLine({ onDone }: { onDone?: () => void }) {
  const { data: first } = useQuery({
    queryKey: ["sessions", "first"],
    queryFn: async ({ signal }) => {
      const body = { pagination: { limit: 1 } };
      const sessions = await data(api.POST("/v2/sessions/query", { signal, body }));
      const [session] = sessions.data;
      if (session) return { sessionId: session._id };
      const params = { query: { limit: 1 } };
      const traces = await data(api.GET("/v2/traces/sessionless", { signal, params }));
      return (traces as { data: unknown[] }).data.length > 0 ? { sessionId: null } : null;
    },
    refetchInterval: ({ state }) => (state.data?.sessionId ? false : POLL_MS),
  });
  return (
    <Text className={classes.arrival} data-arrived={Boolean(first) || undefined} role="status">
      {!first && "Waiting for the first span…"}
      {first?.sessionId === null &&
        "The first span arrived without a session. Set the attribute session.id."}
      {first?.sessionId && (
        <>
          The first span arrived:{" "}
          <Anchor
            inherit
            renderRoot={(props) => (
              <Link to="/sessions/$sessionId" params={{ sessionId: first.sessionId }} {...props} />
            )}
          >
            open session
          </Anchor>
          {onDone && (
            <>
              {" · "}
              <Anchor inherit component="button" onClick={onDone}>
                view all
              </Anchor>
            </>
          )}
        </>
      )}
    </Text>
  );
}
