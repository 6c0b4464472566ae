interface Props {
  values: readonly number[];
  width?: number;
  height?: number;
}

/** A line without axes: the course of a figure beside which it stands, which says what it is. */
export function Sparkline({ values, width = 96, height = 24 }: Props) {
  if (values.length < 2) return <svg width={width} height={height} aria-hidden />;
  const most = Math.max(...values, Number.MIN_VALUE);
  const step = width / (values.length - 1);
  const points = values.map(
    (value, index) =>
      `${(index * step).toFixed(1)},${(height - 1 - (value / most) * (height - 2)).toFixed(1)}`,
  );
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width="100%"
      height={height}
      preserveAspectRatio="none"
      aria-hidden
      style={{ color: "var(--mantine-primary-color-filled)", display: "block" }}
    >
      <polygon
        points={`0,${height} ${points.join(" ")} ${width},${height}`}
        fill="currentColor"
        opacity={0.12}
      />
      <polyline
        points={points.join(" ")}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.4}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
