// The look of all charts. On screen colours are CSS variables, so that dark and print follow by themselves.
const NAMES = [
  "ground", "ink", "quiet", "line", "better", "worse", "change", "none", "band", "limit", "grid",
  "in-1", "in-2", "in-3", "out-1", "out-2", "out-3", "out-4", "out-5", "out-6",
];
export const FACE = 'system-ui, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';
const AXIS_WIDTH_PX = 44; // the same for every chart, so that plots align above one another

export const screenColour = (name) => `var(--${name})`;

// A file outside the page knows no variables: colours of paper, as values.
export function paperColour() {
  const paper = document.createElement("div");
  paper.className = "paper";
  document.body.append(paper);
  const style = getComputedStyle(paper);
  const values = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  paper.remove();
  return (name) => values[name];
}

export function chartTheme(colour) {
  const palette = Object.fromEntries(NAMES.map((name) => [name.replace("-", ""), colour(name)]));
  const text = { labelColor: palette.quiet, labelFontSize: 12 };
  const config = {
    background: null, font: FACE, mark: { aria: false }, padding: 0,
    axis: { ...text, domain: false, ticks: false, grid: true, gridColor: palette.grid, labelPadding: 6 },
    axisX: { grid: false, domain: true, domainColor: palette.limit, ticks: true, tickColor: palette.limit, tickSize: 4 },
    axisY: { minExtent: AXIS_WIDTH_PX, maxExtent: AXIS_WIDTH_PX },
    text: { fill: palette.quiet, fontSize: 12 },
    legend: { ...text, orient: "bottom", title: null },
    title: {
      color: palette.ink, fontSize: 16, subtitleColor: palette.quiet, subtitleFontSize: 12,
      anchor: "start", frame: "bounds", offset: 16,
    },
  };
  return { palette, config };
}
