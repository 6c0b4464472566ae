import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";

import { useFetchAllPages } from "@/api/use_fetch_all_pages";
import { EmptyState } from "@/components/EmptyState";
import { ErrorState } from "@/components/ErrorState";
import { LoadingRows } from "@/components/LoadingRows";
import { NextPageError } from "@/components/NextPageError";
import { duration } from "@/format/duration";
import { focusRow } from "@/keyboard/focus_row";
import { useListKeys } from "@/keyboard/list_keys";
import { type Item, itemsOf } from "./items";
import { TurnView } from "./TurnView";
import type { TurnsResult } from "./turn";
import classes from "./conversation.module.css";

interface Props {
  query: TurnsResult;
  /** False if the turns come without their messages. */
  hasText?: boolean;
  /** Omitted if spans cannot be opened. */
  onOpenSpan?: (traceId: string, spanId: string) => void;
}

const ESTIMATED_TURN_PX = 96;
/** Fetch the next page when fewer items than this are left below. */
const PREFETCH_DISTANCE = 20;

/** The turns of a session; further pages load on scrolling. */
export function Conversation({ query, hasText = true, onOpenSpan }: Props) {
  const { data, hasNextPage, isFetchingNextPage } = query;
  const items = useMemo(() => itemsOf(data?.pages.flatMap((page) => page.data) ?? []), [data]);
  const turns = useMemo(() => turnsIn(items), [items]);
  const [activeId, setActiveId] = useState<string>();
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_TURN_PX,
    getItemKey: (index) => {
      const item = items[index];
      return item?.type === "turn" ? item.turn.id : (item?.id ?? index);
    },
    overscan: 6,
  });
  useListKeys({
    count: turns.length,
    active: activeId === undefined ? -1 : turns.findIndex(({ turn }) => turn.id === activeId),
    onMove: (turnIndex) => {
      const { turn, index } = turns[turnIndex] ?? {};
      if (!turn || index === undefined) return;
      setActiveId(turn.id);
      virtualizer.scrollToIndex(index, { align: "start" });
      focusRow(scroller.current, index);
    },
    onOpen:
      onOpenSpan &&
      ((turnIndex) => {
        const turn = turns[turnIndex]?.turn;
        if (turn) onOpenSpan(turn.trace_id, turn.span_id);
      }),
    noun: "message",
  });
  const shown = virtualizer.getVirtualItems();
  useFetchAllPages(query, (shown.at(-1)?.index ?? 0) >= items.length - PREFETCH_DISTANCE);

  if (query.isPending) return <LoadingRows count={6} height={64} />;
  if (query.isError && !data)
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (items.length === 0 && !hasNextPage) {
    return (
      <EmptyState title="No messages captured">
        The spans of this session contain no messages. Enable content capture in your
        instrumentation to see them.
      </EmptyState>
    );
  }
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="region"
      aria-label="Conversation"
      tabIndex={0}
    >
      <div className={classes.list} style={{ height: virtualizer.getTotalSize() }}>
        {shown.map(({ index, key, start }) => {
          const item = items[index];
          if (!item) return null;
          return (
            <div
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              data-active={(item.type === "turn" && item.turn.id === activeId) || undefined}
              tabIndex={-1}
              className={classes.item}
              style={{ transform: `translateY(${start}px)` }}
            >
              {item.type === "gap" ? (
                <div className={classes.gap}>{duration(item.ms)} later</div>
              ) : (
                <TurnView item={item} hasText={hasText} onOpenSpan={onOpenSpan} />
              )}
            </div>
          );
        })}
      </div>
      {isFetchingNextPage ? <LoadingRows count={2} height={64} /> : <NextPageError query={query} />}
    </div>
  );
}

/** The turns with their index among the items. */
function turnsIn(items: readonly Item[]) {
  return items.flatMap((item, index) => (item.type === "turn" ? { turn: item.turn, index } : []));
}
