import { useMantineColorScheme } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { type PointerEvent, useEffect, useRef, useState } from "react";

import { duration } from "@/format/duration";
import type { Axis } from "./axis";
import { type View, WHOLE } from "./view";
import classes from "./Waterfall.module.css";

interface Props {
  axis: Axis;
  /** What is drawn: when each began, how long it took, whether it failed. */
  starts: readonly number[];
  durations: readonly number[];
  errors: readonly boolean[];
  view: View;
  onView: (view: View) => void;
}

const LANES = 6;
/** A drag that is shorter than this is a click: it shows the whole. */
const MIN_DRAG = 0.004;

/** All of the axis on a canvas, as many as there are; a drag chooses what is in view. */
export function Overview({ axis, starts, durations, errors, view, onView }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const { colorScheme } = useMantineColorScheme();
  const [began, setBegan] = useState<number | null>(null);

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !canvas.current) return;
    const scale = window.devicePixelRatio;
    canvas.current.width = width * scale;
    canvas.current.height = height * scale;
    context.scale(scale, scale);
    const style = getComputedStyle(canvas.current);
    const [usual, failed, fold] = ["--kind-llm", "--app-bad", "--app-border"].map((name) =>
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
      context.fillStyle = (errors[index] ? failed : usual) ?? "";
      context.fillRect(left, (index % LANES) * lane + 1, Math.max(1, right - left), lane - 2);
    });
  }, [axis, starts, durations, errors, width, height, colorScheme]);

  const placeOf = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (began === null) return;
    const place = placeOf(event);
    const isClick = Math.abs(place - began) < MIN_DRAG;
    onView(isClick ? WHOLE : { from: Math.min(began, place), to: Math.max(began, place) });
  };
  const folded = axis.gaps.reduce((sum, gap) => sum + gap.endMs - gap.startMs, 0);
  return (
    <div
      ref={ref}
      className={classes.overview}
      title={
        axis.gaps.length
          ? `${axis.gaps.length} pauses folded, ${duration(folded)} in all; drag to zoom`
          : "Drag to zoom"
      }
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setBegan(placeOf(event));
      }}
      onPointerMove={drag}
      onPointerUp={(event) => {
        drag(event);
        setBegan(null);
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

/** A custom property as a colour that a canvas knows: `light-dark()` is not one. */
function colour(style: CSSStyleDeclaration, name: string): string {
  const probe = document.createElement("i");
  probe.style.color = style.getPropertyValue(name);
  probe.style.colorScheme = style.colorScheme;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}
