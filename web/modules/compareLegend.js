// The keys to the marks of the comparison; only marks that occur.
import { entry, key } from "./chartLegend.js";
import { element } from "./element.js";
import { word } from "./language.js";
import { signalMark } from "./signalMark.js";

const SIGNALS = ["worse", "better", "change", "none"];

function signals(rows) {
  const occurring = SIGNALS.filter((signal) => rows.some((row) => row.state === "value" && row.signal === signal));
  return occurring.map((signal) => entry(signalMark(signal), word(`key.difference.${signal}`)));
}

export function funnelLegend({ rows, curve = [] }) {
  return element("ul", { class: "legend" }, signals(rows),
    entry(key("M0 7h28", null, "5 3"), word("compare.key.limit95")), entry(key("M0 7h28", null, "1 3"), word("compare.key.limit998")),
    curve.some((row) => Number.isFinite(row.wideLower95)) ? entry(key("M0 1h28v12H0z", "var(--band)"), word("compare.key.wide")) : null);
}

export function compareLegend(rows) {
  return element("ul", { class: "legend" }, signals(rows),
    entry(key("M0 7h28", null), word("compare.key.interval")),
    rows.some((row) => Number.isFinite(row.shrunken)) ? entry(key("M14 2l5 5l-5 5l-5-5z", "var(--ground)"), word("compare.key.shrunken")) : null,
    entry(key("M14 0v14", null), word("key.whole")),
    entry(key("M0 7h22M20 3l7 4l-7 4z", "var(--limit)"), word("key.beyond")));
}

export function ownSignalLegend(rows) {
  const occurring = SIGNALS.filter((signal) => rows.some((row) => row.marks.some(({ is }) => is === signal)));
  return occurring.length
    ? element("ul", { class: "legend" }, occurring.map((signal) => entry(signalMark(signal), word(`compare.own.${signal}`)))) : null;
}
