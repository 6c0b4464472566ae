import { Tabs } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";

import { ErrorState } from "@/components/ErrorState";
import { LoadingRows } from "@/components/LoadingRows";
import { Page } from "@/components/Page";
import { Conversation } from "@/features/conversation/Conversation";
import { ShareButton } from "@/features/share/ShareButton";
import { useHasScope } from "@/features/sign-in/me_data";
import { SpanDrawer } from "@/features/span/SpanDrawer";
import { NO_SPAN } from "@/features/span/span_search";
import { CostTab } from "../cost/CostTab";
import { EditableTitle } from "../head/EditableTitle";
import { SessionActions } from "../head/SessionActions";
import { SessionFacts } from "../head/SessionFacts";
import { SessionLabels } from "../head/SessionLabels";
import { type Changes, useChangeSession } from "../session_changes";
import { type Session, conversationQuery, sessionQuery } from "../session_data";
import { TABS, type SessionSearch, type SessionTab } from "../session_search";
import { TimelineTab } from "../timeline/TimelineTab";
import { TracesTab } from "./TracesTab";
import { usePrefetchTab } from "./use_prefetch_tab";

/** One session: conversation, timeline, traces and cost. */
export function SessionPage() {
  const { sessionId } = useParams({ from: "/sessions/$sessionId" });
  const query = useQuery(sessionQuery(sessionId));
  usePrefetchTab(sessionId);
  if (query.isPending) {
    return (
      <Page title="Session">
        <LoadingRows />
      </Page>
    );
  }
  if (query.isError && !query.data) {
    return (
      <Page title="Session">
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  return <SessionView key={query.data._id} sessionId={sessionId} session={query.data} />;
}

function SessionView({ sessionId, session }: { sessionId: string; session: Session }) {
  const search = useSearch({ from: "/sessions/$sessionId" });
  const { tab = "conversation", order, trace, span } = search;
  const navigate = useNavigate({ from: "/sessions/$sessionId" });
  const changing = useChangeSession(session._id);
  const change = useHasScope("write") ? (changes: Changes) => changing.mutate(changes) : undefined;
  const show = (changed: SessionSearch) =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace: true });
  const openSpan = (traceId: string, spanId: string) => show({ trace: traceId, span: spanId });
  const title = session.title ?? session.external_id;
  return (
    <Page
      title={title}
      heading={
        <EditableTitle title={title} onChange={change && ((next) => change({ title: next }))} />
      }
      actions={<SessionActions session={session} share={<ShareButton sessionId={session._id} />} />}
      isFilling
    >
      <SessionLabels session={session} onTags={change && ((tags) => change({ tags }))} />
      <SessionFacts session={session} />
      <Tabs value={tab} onChange={(next) => show({ tab: (next ?? undefined) as SessionTab })}>
        <Tabs.List>
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name} tt="capitalize" px={{ base: 9, xs: "md" }}>
              {name}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      {tab === "conversation" && <ConversationTab sessionId={sessionId} onOpenSpan={openSpan} />}
      {tab === "timeline" && (
        <TimelineTab
          sessionId={sessionId}
          openKey={trace && span ? `${trace}/${span}` : undefined}
          onOpenSpan={openSpan}
        />
      )}
      {tab === "traces" && (
        <TracesTab sessionId={sessionId} sort={order} onSort={(next) => show({ order: next })} />
      )}
      {tab === "cost" && (
        <CostTab
          session={session}
          onOpenTrace={(traceId) => void navigate({ to: "/traces/$traceId", params: { traceId } })}
        />
      )}
      <SpanDrawer
        traceId={trace}
        spanId={span}
        shown={search}
        onShow={show}
        onOpen={openSpan}
        onClose={() => show({ trace: undefined, ...NO_SPAN })}
      />
    </Page>
  );
}

interface ConversationTabProps {
  sessionId: string;
  onOpenSpan: (traceId: string, spanId: string) => void;
}

function ConversationTab({ sessionId, onOpenSpan }: ConversationTabProps) {
  return (
    <Conversation query={useInfiniteQuery(conversationQuery(sessionId))} onOpenSpan={onOpenSpan} />
  );
}
