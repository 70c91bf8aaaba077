// Draws a panel with its Vega-Lite specification: the specification says how, the panel says what.
import { inChosenMonth } from "./address.js";
import { chartTheme, FACE, screenColour } from "./chartTheme.js";
import { word } from "./language.js";

const REACH_BEYOND_VALUES = 0.25;
const LONGEST_NAME_PX = 190;
const LONGEST_NAME_SHARE = 0.5; // of a column
const LEGEND_ENTRY_PX = 130;
const EVENT_ROOM_PX = 30;
const FLAG_PX = 14;
const AXIS_ROOM_PX = 40;
const CHART_WORDS = [
  "centre", "limit", "in", "out", "closing", "percent", "exit_others", "entry", "followed", "intake", "later", "whole", "limit95",
  "limit998", "noEffect", "ownChange", "fromArm", "influence",
];
const ERRORS_ONLY = 1; // Vega warns of columns without a value, which are ordinary here
// `ast` interprets expressions instead of compiling them, which the content security policy forbids.
const OPTIONS = {
  ast: true, actions: false, defaultStyle: false, renderer: "svg", logLevel: ERRORS_ONLY,
  tooltip: { disableDefaultStyle: true },
};

const runtime = () => import("/vendor/vega.js");
const specifications = new Map();

function specification(name) {
  if (!specifications.has(name)) specifications.set(name, fetch(`/charts/${name}.json`).then((answer) => answer.json()));
  return specifications.get(name);
}

export async function drawChart(host, panel, page, width, look = {}) {
  const [{ vegaEmbed }, spec] = await Promise.all([runtime(), specification(panel.chart)]);
  const { colour = screenColour, ...rest } = look;
  const { view } = await vegaEmbed(host, { ...filled(spec, panel, page, width, colour), ...rest }, OPTIONS);
  host.querySelector("svg")?.setAttribute("aria-hidden", "true"); // the host is announced by its sentence
  return view;
}

// `usermeta` is the specification's note to the page: room for labels beside the plot, the size of columns and rows.
function filled(spec, whole, page, width, colour) {
  const panel = { ...whole, rows: whole.rows.filter(({ tableOnly }) => !tableOnly) };
  const {
    sideRoom, names, labels = [], besides, namesAboveBelow = 0, columnWidth, rowHeight: height, tallRowHeight = height, merged = [], longestName: longestOf = LONGEST_NAME_PX,
    plots = 1, plotGap = 0,
  } = spec.usermeta;
  const columns = columnWidth ? Math.max(1, Math.floor(width / columnWidth)) : 1;
  const perColumn = Math.ceil(panel.rows.length / columns);
  const room = Math.floor(width / columns);
  const longestName = Math.min(longestOf, room * LONGEST_NAME_SHARE);
  // Where there is no room beside the plot, names and texts stand above each row's marks, if the rows are made for it.
  const isAbove = width < namesAboveBelow;
  const rowHeight = isAbove ? tallRowHeight : height;
  const nameRoom = names && !isAbove ? Math.min(longest(panel.rows.map((row) => row[names]), "bold 13px"), longestName) : 0;
  const textsBeside = [
    ...labels.map((label) => word(`chart.${label}`)),
    ...panel.rows.filter((row) => besides && row.state === "value").map((row) => row[besides]),
  ];
  const beside = isAbove && tallRowHeight !== height ? 0 : longest(textsBeside, "12px");
  const plotWidth = (room - sideRoom - nameRoom - beside - plotGap * (plots - 1)) / plots;
  const plotHeight = perColumn * rowHeight;
  const { config, palette } = chartTheme(colour);
  const rows = panel.rows.map((row, index) => ({
    ...row, details: details(row, panel.columns), shown: row.month === page.month, link: row.url && inChosenMonth(row.url),
    kind: merged.includes(row.reason) ? "exit_others" : row.reason,
    column: Math.floor(index / perColumn), place: ((index % perColumn) + 0.5) * rowHeight,
  }));
  const values = {
    axis: panel.axis ?? {}, palette, words: chartWords(rows), nameRoom, reach: reach(panel), top: top(panel),
    trend: Boolean(panel.trendShown), sizeTitle: panel.sizeTitle, ...sizes(panel),
    // The same on the whole page, so that plots stay level with one another.
    eventRoom: page.panels?.some((each) => each.events?.length) ? EVENT_ROOM_PX : 0,
    monthWidth: plotWidth / new Set(rows.map((row) => row.month)).size,
    reasons: occurring(rows),
    legendColumns: Math.max(2, Math.min(4, Math.floor(width / LEGEND_ENTRY_PX))),
  };
  return {
    ...spec, ...(columnWidth && { columns }),
    params: spec.params.map((param) => ({ ...param, value: values[param.name] })),
    datasets: { rows, events: placed(panel.events ?? [], rows, plotWidth, beside), curve: panel.curve ?? [] },
    config: {
      ...config, view: { stroke: null, continuousWidth: plotWidth, continuousHeight: plotHeight, discreteHeight: plotHeight },
    },
  };
}

// Flags stand on two levels; one whose name would run into another stands without it: the list above has them all.
function placed(events, rows, plotWidth, beside) {
  const months = rows.map(({ month }) => month);
  const taken = [[], []];
  return events.map((event) => {
    const at = (months.indexOf(event.month) / Math.max(1, months.length - 1)) * plotWidth;
    const reach = longest([event.label], "12px") + FLAG_PX;
    const isLeft = at + reach > plotWidth + beside;
    const span = isLeft ? [at - reach, at + FLAG_PX] : [at, at + reach];
    const isFree = (level, [start, end]) => taken[level].every(([from, to]) => end < from || start > to) && start >= -AXIS_ROOM_PX;
    const named = [0, 1].find((level) => isFree(level, span));
    const bare = [0, 1].find((level) => isFree(level, [at, at + FLAG_PX])) ?? 0;
    taken[named ?? bare].push(named === undefined ? [at, at + FLAG_PX] : span);
    return { ...event, isLeft, level: named ?? bare, label: named === undefined ? "" : event.label };
  });
}

// Clinics of a few clients have intervals that would squeeze all others: the scale spans the values, with room beyond.
function reach({ rows, axis = {} }) {
  const values = rows.flatMap((row) => [row.value, row.centre]).filter(Number.isFinite);
  if (!values.length) return [0, 1];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = REACH_BEYOND_VALUES * (most - least || most || 1);
  return [axis.zero || least < room ? 0 : least - room, axis.percent ? Math.min(100, most + room) : most + room];
}

// From the smallest to the largest clinic of a funnel.
function sizes({ curve = [] }) {
  const known = curve.map(({ size }) => size);
  return { smallest: Math.min(...known), largest: Math.max(...known) };
}

// A legend without entries has no bounds, and a picture around it neither.
function occurring(rows) {
  const kinds = [...new Set(rows.map((row) => row.kind))];
  const counted = kinds.filter((kind) => rows.some((row) => row.kind === kind && row.count));
  return counted.length ? counted : kinds;
}

// Where nothing is above zero, the scale needs an end: zero belongs at its foot.
function top({ rows }) {
  const highest = (row) => Math.max(...["value", "high", "upperLimit", "share", "count", "closing"].map((key) => row[key] ?? 0));
  return rows.some((row) => highest(row) > 0) ? null : 1;
}

function longest(texts, font) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${font} ${FACE}`;
  return Math.ceil(Math.max(0, ...texts.map((text) => pen.measureText(text).width)));
}

// What a reader sees on pointing: the table's row.
function details(row, columns) {
  const filledIn = columns.filter(({ key }) => ![null, undefined, ""].includes(row[key]));
  const [title, ...others] = filledIn.map(({ key, label }) => [label, String(row[key])]);
  return { title: title?.[1], ...Object.fromEntries(others) };
}

function chartWords(rows) {
  const own = CHART_WORDS.map((key) => [key, word(`chart.${key}`)]);
  const reasons = rows.filter((row) => row.reasonText).map((row) => [row.reason, row.reasonText]);
  return Object.fromEntries([...own, ...reasons]);
}
