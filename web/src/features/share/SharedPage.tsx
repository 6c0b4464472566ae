import { Alert, Tabs } from "@mantine/core";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";

import { asApiError } from "@/api/errors";
import { Brand } from "@/components/Brand";
import { EmptyState } from "@/components/EmptyState";
import { LoadingRows } from "@/components/LoadingRows";
import { Page } from "@/components/Page";
import { QueryBoundary } from "@/components/QueryBoundary";
import { Conversation } from "@/features/conversation/Conversation";
import { SharedFigures } from "./SharedFigures";
import classes from "./SharedPage.module.css";
import { SharedTraces } from "./SharedTraces";
import { type Shared, useShared, useSharedTurns } from "./shared_data";
import { sharedSearch } from "./shared_search";

/** A session for anyone with its share link; it does not link to other pages. */
export function SharedPage() {
  const { token } = useParams({ from: "/shared/$token" });
  const query = useShared(token);
  const isGone = query.error !== null && asApiError(query.error).code === "404";
  return (
    <main className={classes.page}>
      {isGone ? (
        <LinkUnavailable />
      ) : (
        <QueryBoundary query={query}>
          {query.data ? (
            <SharedSession token={token} shared={query.data} />
          ) : (
            <LoadingRows count={8} />
          )}
        </QueryBoundary>
      )}
      <footer className={classes.footer}>
        <Brand />
      </footer>
    </main>
  );
}

function LinkUnavailable() {
  return (
    <Page title="Shared session">
      <EmptyState title="Link unavailable">
        The link was revoked, has expired or was copied incompletely. Ask the sender for a new one.
      </EmptyState>
    </Page>
  );
}

function SharedSession({ token, shared }: { token: string; shared: Shared }) {
  const { tab = "conversation" } = useSearch({ from: "/shared/$token" });
  const navigate = useNavigate({ from: "/shared/$token" });
  const { session, with_messages: withMessages } = shared;
  return (
    <Page title={session.title ?? session.external_id} isFilling>
      <SharedFigures shared={shared} />
      <Tabs
        value={tab}
        onChange={(chosen) =>
          void navigate({ search: sharedSearch({ tab: chosen }), replace: true })
        }
      >
        <Tabs.List>
          <Tabs.Tab value="conversation">Conversation</Tabs.Tab>
          <Tabs.Tab value="traces">Traces</Tabs.Tab>
        </Tabs.List>
      </Tabs>
      {tab === "conversation" && !withMessages && (
        <Alert color="gray">
          This link does not include messages. It shows the time and cost of each turn.
        </Alert>
      )}
      {tab === "conversation" ? (
        <SharedTurns token={token} hasText={withMessages} />
      ) : (
        <SharedTraces token={token} />
      )}
    </Page>
  );
}

function SharedTurns({ token, hasText }: { token: string; hasText: boolean }) {
  return <Conversation query={useSharedTurns(token)} hasText={hasText} />;
}
