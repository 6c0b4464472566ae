import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { IconZoomIn, IconZoomOut, IconZoomReset } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from "react";

import type { Axis } from "./axis";
import { ZOOM, useWaterfallKeys } from "./keys";
import { colourOf, LEGEND } from "./kinds";
import { type Row, type Rows, indexOf } from "./rows";
import { type View, WHOLE, inView, zoomed } from "./view";
import classes from "./Waterfall.module.css";
import { WaterfallRow } from "./WaterfallRow";

interface Props {
  label: string;
  axis: Axis;
  rows: Rows;
  view: View;
  onView: (view: View) => void;
  onOpen: (row: Row) => void;
  onToggle: (row: Row) => void;
  /** The key of the row whose details are open. */
  openKey?: string;
  /** Shown between the legend and the rows. */
  overview?: ReactNode;
}

const ROW_PX = 26;

/** A virtualised tree on the left with bars on a common axis on the right. */
export function Waterfall(props: Props) {
  const { label, axis, rows, view, onView, onOpen, onToggle, openKey, overview } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [linkedKey] = useState(openKey);
  const linked = useMemo(() => indexOf(rows, linkedKey), [rows, linkedKey]);
  const [chosen, setActive] = useState<number>();
  const active = Math.min(chosen ?? Math.max(linked, 0), rows.count - 1);
  const id = useId();
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised
  const virtualizer = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 16,
  });
  // Scroll to the span of a link once it has loaded.
  const isShown = useRef(false);
  useEffect(() => {
    if (linked < 0 || isShown.current) return;
    isShown.current = true;
    virtualizer.scrollToIndex(linked, { align: "center" });
  }, [linked, virtualizer]);
  const onMove = (index: number) => {
    setActive(index);
    virtualizer.scrollToIndex(index);
  };
  const pressed = useWaterfallKeys({ rows, active, onMove, onOpen, onToggle, view, onView });
  return (
    <div className={classes.frame}>
      <div className={classes.bar}>
        <div className={classes.legend}>
          {LEGEND.map((type) => (
            <span key={type}>
              <span className={classes.swatch} style={{ background: colourOf(type) }} />
              {type}
            </span>
          ))}
        </div>
        <Zoom view={view} onView={onView} />
      </div>
      {overview}
      <div
        ref={scroller}
        className={classes.scroller}
        role="tree"
        aria-label={label}
        aria-activedescendant={rows.count ? `${id}-${active}` : undefined}
        tabIndex={0}
        onKeyDown={pressed}
      >
        <div className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows.at(index);
            return (
              <WaterfallRow
                key={row.key}
                id={`${id}-${index}`}
                row={row}
                top={start}
                begin={inView(view, axis.at(row.startMs))}
                end={inView(view, axis.at(row.startMs + row.durationMs))}
                isActive={row.key === openKey || index === active}
                onOpen={() => {
                  setActive(index);
                  onOpen(row);
                }}
                onToggle={() => onToggle(row)}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Zoom({ view, onView }: Pick<Props, "view" | "onView">) {
  const buttons = [
    ["Zoom in (+)", IconZoomIn, zoomed(view, ZOOM)],
    ["Zoom out (-)", IconZoomOut, zoomed(view, 1 / ZOOM)],
    ["Show all (0)", IconZoomReset, WHOLE],
  ] as const;
  return (
    <Group gap={2} wrap="nowrap">
      {buttons.map(([name, Icon, next]) => (
        <Tooltip key={name} label={name}>
          <ActionIcon aria-label={name} onClick={() => onView(next)}>
            <Icon size={15} />
          </ActionIcon>
        </Tooltip>
      ))}
    </Group>
  );
}
