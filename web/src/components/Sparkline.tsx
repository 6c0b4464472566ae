interface Props {
  /** Unknown values are gaps. */
  values: readonly (number | null | undefined)[];
  width?: number;
  height?: number;
}

/** A line without axes that shows the trend of the figure next to it. */
export function Sparkline({ values, width = 96, height = 24 }: Props) {
  if (values.length < 2) return <svg width={width} height={height} aria-hidden />;
  const max = Math.max(...values.map((value) => value ?? 0), Number.MIN_VALUE);
  const step = width / (values.length - 1);
  let line = "";
  let area = "";
  values.forEach((value, index) => {
    if (!isKnown(value)) return;
    const x = (index * step).toFixed(1);
    const point = `${x},${(height - 1 - (value / max) * (height - 2)).toFixed(1)}`;
    const isFirst = !isKnown(values[index - 1]);
    // A line of length zero, so that a single value between two gaps is a dot.
    line += isFirst ? `M${point}L${point}` : `L${point}`;
    area += isFirst ? `M${x},${height}L${point}` : `L${point}`;
    if (!isKnown(values[index + 1])) area += `L${x},${height}Z`;
  });
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width="100%"
      height={height}
      preserveAspectRatio="none"
      aria-hidden
      style={{ color: "var(--mantine-primary-color-filled)", display: "block" }}
    >
      <path d={area} fill="currentColor" opacity={0.12} />
      <path
        d={line}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.4}
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

function isKnown(value: number | null | undefined): value is number {
  return typeof value === "number";
}
