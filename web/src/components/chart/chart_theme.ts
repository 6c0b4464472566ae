const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

const SCHEMES = {
  light: {
    text: "#495057",
    line: "#dee2e6",
    raised: "#ffffff",
    strong: "#212529",
    marks: ["#4263eb", "#0c8599", "#e8590c", "#9c36b5", "#2b8a3e", "#c2255c", "#f08c00", "#868e96"],
  },
  dark: {
    text: "#b8b8b8",
    line: "#2c3037",
    raised: "#1c1f24",
    strong: "#e9ecef",
    marks: ["#748ffc", "#3bc9db", "#ffa94d", "#da77f2", "#69db7c", "#f783ac", "#ffd43b", "#adb5bd"],
  },
} as const;

/** The colours of the series, for legends outside of a chart. */
export function markColors(scheme: "light" | "dark"): readonly string[] {
  return SCHEMES[scheme].marks;
}

/** The ECharts theme of light or dark pages. */
export function chartTheme(scheme: "light" | "dark") {
  const { text, line, raised, strong, marks } = SCHEMES[scheme];
  const axis = {
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
    axisLabel: { color: text, fontSize: 11, hideOverlap: true },
    splitLine: { lineStyle: { color: line } },
  };
  return {
    color: marks,
    backgroundColor: "transparent",
    textStyle: { fontFamily: FONT, color: text },
    legend: { textStyle: { color: text, fontSize: 12 }, icon: "roundRect", itemHeight: 8 },
    tooltip: {
      backgroundColor: raised,
      borderColor: line,
      textStyle: { color: strong, fontSize: 12 },
      confine: true,
    },
    categoryAxis: { ...axis, splitLine: { show: false } },
    timeAxis: { ...axis, splitLine: { show: false } },
    valueAxis: { ...axis, axisLine: { show: false } },
    logAxis: axis,
    line: { symbol: "none", lineStyle: { width: 1.6 } },
  };
}
