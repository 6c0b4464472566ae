import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { IconZoomIn, IconZoomOut, IconZoomReset } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";

import type { Axis } from "./axis";
import { colourOf, LEGEND } from "./kinds";
import type { Row, Rows } from "./rows";
import { type View, WHOLE, inView, moved, zoomed } from "./view";
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
  /** Between the legend and the rows. */
  overview?: ReactNode;
}

const ROW_PX = 26;
const ZOOM = 0.5;

/** A tree at the left, its bars on one axis at the right; only the rows in view are drawn. */
export function Waterfall(props: Props) {
  const { label, axis, rows, view, onView, onOpen, onToggle, openKey, overview } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [chosen, setActive] = useState(0);
  const active = Math.min(chosen, rows.count - 1);
  const id = useId();
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised
  const virtualizer = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 16,
  });
  const move = (to: number) => {
    const next = Math.min(Math.max(to, 0), rows.count - 1);
    setActive(next);
    virtualizer.scrollToIndex(next);
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || rows.count === 0) return;
    const row = rows.at(active);
    const run = keysOf({ row, active, move, view, onView, onOpen, onToggle })[event.key];
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
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

interface Keyed extends Pick<Props, "view" | "onView" | "onOpen" | "onToggle"> {
  row: Row;
  active: number;
  move: (to: number) => void;
}

function keysOf({ row, active, move, view, onView, onOpen, onToggle }: Keyed) {
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(active + 1),
    ArrowUp: () => move(active - 1),
    j: () => move(active + 1),
    k: () => move(active - 1),
    PageDown: () => move(active + 20),
    PageUp: () => move(active - 20),
    Home: () => move(0),
    End: () => move(Infinity),
    ArrowRight: () => (row.isOpen === false ? onToggle(row) : move(active + 1)),
    ArrowLeft: () => (row.isOpen ? onToggle(row) : move(active - 1)),
    Enter: () => onOpen(row),
    " ": () => onToggle(row),
    "+": () => onView(zoomed(view, ZOOM)),
    "-": () => onView(zoomed(view, 1 / ZOOM)),
    "0": () => onView(WHOLE),
    "<": () => onView(moved(view, -0.25)),
    ">": () => onView(moved(view, 0.25)),
  };
  return keys;
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
