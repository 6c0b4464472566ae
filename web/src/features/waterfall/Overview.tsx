import { useMantineColorScheme } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { type PointerEvent, useEffect, useRef, useState } from "react";

import { counted } from "@/format/count";
import { duration } from "@/format/duration";
import type { Axis } from "./axis";
import { type View, WHOLE } from "./view";
import classes from "./Waterfall.module.css";

interface Props {
  axis: Axis;
  /** Start, duration and error of each item. */
  starts: readonly number[];
  durations: readonly number[];
  errors: readonly boolean[];
  view: View;
  onView: (view: View) => void;
}

const LANES = 6;
/** A shorter drag is a click, which resets the view. */
const MIN_DRAG = 0.004;

/** The whole axis with all items on a canvas; dragging selects the view. */
export function Overview({ axis, starts, durations, errors, view, onView }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const { colorScheme } = useMantineColorScheme();
  const [dragStart, setDragStart] = useState<number | null>(null);

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !canvas.current) return;
    const scale = window.devicePixelRatio;
    canvas.current.width = width * scale;
    canvas.current.height = height * scale;
    context.scale(scale, scale);
    const style = getComputedStyle(canvas.current);
    const [normal, failed, fold] = ["--kind-llm", "--app-bad", "--app-border"].map((name) =>
      colour(style, name),
    );
    context.fillStyle = fold ?? "";
    for (const gap of axis.gaps) {
      const left = axis.at(gap.startMs) * width;
      context.fillRect(left, 0, Math.max(1, axis.at(gap.endMs) * width - left), height);
    }
    const lane = height / LANES;
    starts.forEach((startMs, index) => {
      const left = axis.at(startMs) * width;
      const right = axis.at(startMs + (durations[index] ?? 0)) * width;
      context.fillStyle = (errors[index] ? failed : normal) ?? "";
      context.fillRect(left, (index % LANES) * lane + 1, Math.max(1, right - left), lane - 2);
    });
  }, [axis, starts, durations, errors, width, height, colorScheme]);

  const positionOf = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (dragStart === null) return;
    const position = positionOf(event);
    const isClick = Math.abs(position - dragStart) < MIN_DRAG;
    onView(
      isClick ? WHOLE : { from: Math.min(dragStart, position), to: Math.max(dragStart, position) },
    );
  };
  const folded = axis.gaps.reduce((sum, gap) => sum + gap.endMs - gap.startMs, 0);
  return (
    <div
      ref={ref}
      className={classes.overview}
      title={
        axis.gaps.length
          ? `${counted(axis.gaps.length, "gap")} folded, ${duration(folded)} in total. Drag to zoom`
          : "Drag to zoom"
      }
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragStart(positionOf(event));
      }}
      onPointerMove={drag}
      onPointerUp={(event) => {
        drag(event);
        setDragStart(null);
      }}
    >
      <canvas ref={canvas} aria-hidden />
      <div
        className={classes.window}
        hidden={view.from === 0 && view.to === 1}
        style={{ left: `${view.from * 100}%`, width: `${(view.to - view.from) * 100}%` }}
      />
    </div>
  );
}

/** Resolve a custom property to a colour that a canvas accepts, which `light-dark()` is not. */
function colour(style: CSSStyleDeclaration, name: string): string {
  const probe = document.createElement("i");
  probe.style.color = style.getPropertyValue(name);
  probe.style.colorScheme = style.colorScheme;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}
