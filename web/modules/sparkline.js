// A clinic's months as a line of a stamp's size, on the scale that all clinics share; the programme's line behind it.
import { drawing } from "./element.js";

export const SIZE = { width: 168, height: 46 };
const SIDE = 5;
const MARKS = { worse: "M-4 0L0-4L4 0L0 4z", better: "M-3-3h6v6h-6z", change: "M0-4L4 3H-4z" };

// `colour` gives what a file outside the page cannot look up; on the page colours are those of its style.
export function sparkline(row, shown, colour = null) {
  const look = (name, style) => (colour ? style(colour) : { class: name });
  const { width, height } = SIZE;
  const x = (index) => SIDE + (index / Math.max(1, shown.months.length - 1)) * (width - 2 * SIDE);
  const share = (value) => Math.max(0, Math.min(1, (value - shown.bottom) / (shown.top - shown.bottom || 1)));
  const y = (value) => height - SIDE - share(value) * (height - 2 * SIDE);
  const parts = [
    drawing("path", { d: `M0 ${height - 1}H${width}`, ...look("ground-line", (c) => ({ stroke: c("grid"), fill: "none" })) }),
    drawing("path", { d: lineOf(shown.whole, x, y), ...look("whole", (c) => ({ stroke: c("limit"), fill: "none" })) }),
    drawing("path", { d: hiddenOf(row.values, x, height), ...look("hidden-months", (c) => ({ stroke: c("limit"), fill: "none" })) }),
    drawing("path", { d: lineOf(row.values, x, y), ...look("line", (c) => ({ stroke: c("ink"), "stroke-width": 1.25, fill: "none" })) }),
    dotOf(row.values, x, y, look),
    ...row.marks.filter(({ at }) => typeof row.values[at] === "number").map(({ at, is }) => drawing("path", {
      d: MARKS[is], transform: `translate(${x(at)} ${y(row.values[at])})`, ...look(`own ${is}`, (c) => ({ fill: c(is) })) })),
  ];
  return drawing("svg", { class: "sparkline", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" }, parts);
}

// A month without a figure breaks the line; one between two such is a short stroke of its own.
function lineOf(values, x, y) {
  let path = "";
  values.forEach((value, index) => {
    if (typeof value !== "number") return;
    const goesOn = typeof values[index - 1] === "number";
    const alone = !goesOn && typeof values[index + 1] !== "number";
    path += `${goesOn ? "L" : "M"}${x(index).toFixed(1)} ${y(value).toFixed(1)}${alone ? "h1" : ""}`;
  });
  return path;
}

const hiddenOf = (values, x, height) =>
  values.map((value, index) => (value === "suppressed" ? `M${x(index).toFixed(1)} ${height - 12}v8` : "")).join("");

function dotOf(values, x, y, look) {
  const last = values.length - 1;
  if (typeof values[last] !== "number") return null;
  return drawing("circle", { cx: x(last), cy: y(values[last]), r: 2.5, ...look("dot", (c) => ({ fill: c("ink") })) });
}
