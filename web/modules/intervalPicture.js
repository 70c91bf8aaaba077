// One clinic's figure on the list's scale: its own with its interval, drawn in below it, the programme's line.
import { drawing } from "./element.js";
import { word } from "./language.js";

const WIDTH = 220, HEIGHT = 30, SIDE = 8; // px
const ROOM_BEYOND_VALUES = 0.12;
const TICKS = 5;
const MARKS = { none: "circle", worse: "M-5 0L0-5L5 0L0 5z", better: "M-4-4h8v8h-8z", change: "M0-5L5 4H-5z" };

// From the least to the largest figure, with room; intervals of small clinics may run beyond.
export function scaleOf({ rows, axis }) {
  const values = rows.flatMap((row) => [row.value, row.shrunken, row.centre]).filter(Number.isFinite);
  const [least, most] = values.length ? [Math.min(...values), Math.max(...values)] : [0, 1];
  const room = ROOM_BEYOND_VALUES * (most - least || most || 1);
  const from = axis.zero || least < room ? 0 : least - room;
  const to = axis.percent ? Math.min(100, most + room) : most + room;
  const at = (value) => SIDE + ((value - from) / (to - from)) * (WIDTH - 2 * SIDE);
  return { from, to, at, percent: axis.percent, centre: rows.find((row) => Number.isFinite(row.centre))?.centre };
}

export function scalePicture(scale) {
  const ticks = niceTicks(scale).map((value) => drawing("g", {},
    drawing("path", { d: `M${scale.at(value)} 18v4`, class: "tick" }),
    drawing("text", { x: scale.at(value), y: 14, "text-anchor": "middle" }, value + (scale.percent ? word("chart.percent") : ""))));
  return drawing("svg", { class: "interval scale", viewBox: `0 0 ${WIDTH} 22`, width: WIDTH, height: 22, "aria-hidden": "true" }, ticks);
}

function niceTicks({ from, to }) {
  const rough = (to - from) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.floor((to - first) / step + 1e-9) + 1 }, (_, index) => Number((first + index * step).toPrecision(10)));
}

export function intervalPicture(row, scale) {
  const [left, right] = [scale.at(scale.from), scale.at(scale.to)];
  const within = (value) => Math.max(left, Math.min(right, scale.at(value)));
  const parts = [];
  if (Number.isFinite(scale.centre)) parts.push(drawing("path", { class: "centre", d: `M${scale.at(scale.centre)} 0V${HEIGHT}` }));
  if (Number.isFinite(row.shrunkenLow)) parts.push(drawing("path", { class: "drawn-in", d: `M${within(row.shrunkenLow)} 22H${within(row.shrunkenHigh)}` }));
  if (Number.isFinite(row.low)) parts.push(drawing("path", { class: `range ${row.signal}`, d: `M${within(row.low)} 10H${within(row.high)}` }));
  if (row.high > scale.to) parts.push(drawing("path", { class: `beyond ${row.signal}`, d: `M${right} 6l7 4l-7 4z` }));
  if (row.low < scale.from) parts.push(drawing("path", { class: `beyond ${row.signal}`, d: `M${left} 6l-7 4l7 4z` }));
  if (Number.isFinite(row.shrunken)) parts.push(drawing("path", { class: "drawn-in point", d: "M-4 0L0-4L4 0L0 4z", transform: `translate(${within(row.shrunken)} 22)` }));
  parts.push(pointOf(row.signal, within(row.value)));
  return drawing("svg", { class: "interval", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, "aria-hidden": "true" }, parts);
}

function pointOf(signal, x) {
  return signal === "none"
    ? drawing("circle", { class: "own none", cx: x, cy: 10, r: 3.5 })
    : drawing("path", { class: `own ${signal}`, d: MARKS[signal], transform: `translate(${x} 10)` });
}
