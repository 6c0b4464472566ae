import { UnstyledButton } from "@mantine/core";
import { IconAlertTriangle, IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import type { CSSProperties } from "react";

import { Money } from "@/components/Money";
import { duration } from "@/format/duration";
import { visible } from "@/text/visible";
import { colourOf } from "./kinds";
import type { Row } from "./rows";
import classes from "./Waterfall.module.css";

interface Props {
  id: string;
  row: Row;
  top: number;
  /** Its start and end in the view, where 0 to 1 is visible. */
  begin: number;
  end: number;
  isActive: boolean;
  onOpen: () => void;
  onToggle: () => void;
}

const INDENT_PX = 14;
const MAX_INDENTS = 16;

export function WaterfallRow({ id, row, top, begin, end, isActive, onOpen, onToggle }: Props) {
  const isGap = row.type === "gap";
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={row.level + 1}
      aria-expanded={row.isOpen}
      aria-selected={isActive}
      className={classes.row}
      data-type={row.type}
      data-active={isActive || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={isGap ? undefined : onOpen}
    >
      <span
        className={classes.name}
        style={{ paddingLeft: 6 + INDENT_PX * Math.min(row.level, MAX_INDENTS) }}
        title={`${visible(row.name)} · ${row.type}`}
      >
        <span className={classes.toggle}>
          {row.isOpen !== undefined && (
            <UnstyledButton
              tabIndex={-1}
              aria-label={row.isOpen ? "Collapse" : "Expand"}
              onClick={(event) => {
                event.stopPropagation();
                onToggle();
              }}
            >
              {row.isOpen ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
            </UnstyledButton>
          )}
        </span>
        {!isGap && <span className={classes.kind} style={{ background: colourOf(row.type) }} />}
        <bdi className="one-line">{visible(row.name) || "(no name)"}</bdi>
        {row.isError && (
          <IconAlertTriangle size={13} className={classes.error} aria-label="failed" />
        )}
      </span>
      <span className={classes.track}>{!isGap && <Bar row={row} begin={begin} end={end} />}</span>
      <span className={classes.cost}>
        {row.cost !== undefined && <Money dollars={row.cost} unpricedCalls={row.unpricedCalls} />}
      </span>
    </div>
  );
}

function Bar({ row, begin, end }: { row: Row; begin: number; end: number }) {
  const [left, right] = [Math.max(begin, -0.01), Math.min(end, 1.01)];
  if (right < 0 || left > 1) return null;
  const style: CSSProperties = {
    left: `${left * 100}%`,
    width: `${(right - left) * 100}%`,
    background: colourOf(row.type),
  };
  const labelStyle: CSSProperties =
    end < 0.85 ? { left: `${right * 100}%` } : { right: `${(1 - left) * 100}%` };
  return (
    <>
      <span className={classes.span} data-error={row.isError || undefined} style={style} />
      {(end < 0.85 || begin > 0.15) && (
        <span className={`${classes.duration} tabular`} style={labelStyle}>
          {duration(row.durationMs)}
        </span>
      )}
    </>
  );
}
