// The keys to marks that charts use, said once; only marks that occur.
import { drawing, element } from "./element.js";
import { word } from "./language.js";
import { signalMark } from "./signalMark.js";

const SIGNALS = ["worse", "better", "change", "none"];

export function chartLegend(panels) {
  const rows = panels.flatMap((panel) => panel.rows);
  const has = (test) => rows.some(test);
  const marks = (test) => panels.some((panel) => panel.events?.some(test));
  const signals = SIGNALS.filter((signal) => has((row) => Number.isFinite(row.value) && row.signal === signal));
  return element("ul", { class: "legend" },
    signals.map((signal) => entry(signalMark(signal), word(`signal.${signal}`))),
    has((row) => Number.isFinite(row.low)) ? entry(key("M0 1h28v12H0z", "var(--band)"), word("key.band")) : null,
    has((row) => Number.isFinite(row.upperLimit)) ? entry(key("M0 3h28M0 11h28", null, "4 2"), word("key.limits")) : null,
    entry(key("M14 1.5a5.5 5.5 0 1 0 .01 0z", null), word("key.shown")),
    has((row) => Number.isFinite(row.rise)) ? entry(key("M0 7h28", null), word("key.rise")) : null,
    has((row) => Number.isFinite(row.fall)) ? entry(key("M0 7h28", null, "6 2"), word("key.fall")) : null,
    marks((event) => !event.rebases) ? entry(key("M8 14V2l10 4-10 4", null), word("key.event")) : null,
    marks((event) => event.rebases) ? entry(key("M8 14V2l10 4-10 4z", "var(--limit)"), word("key.rebase")) : null,
    has((row) => row.provisional) ? entry(key("M14 3a4 4 0 1 0 .01 0z", "var(--ground)"), word("key.provisional")) : null,
    has((row) => row.state === "suppressed") ? entry(key("M0 2h28M0 7h28M0 12h28", null), word("key.hidden")) : null,
    has((row) => !["value", "suppressed"].includes(row.state)) ? entry(key("M10 3l8 8m0-8l-8 8", null), word("key.missing")) : null);
}

export function differenceLegend(rows) {
  const signals = SIGNALS.filter((signal) => rows.some((row) => row.state === "value" && row.signal === signal));
  return element("ul", { class: "legend" },
    signals.map((signal) => entry(signalMark(signal), word(`key.difference.${signal}`))),
    entry(key("M0 7h28", null), word("key.band")), entry(key("M0 7h22M20 3l7 4l-7 4z", "var(--limit)"), word("key.beyond")),
    entry(key("M14 0v14", null), word("key.whole")));
}

export const entry = (picture, text) => element("li", {}, picture, text);

export function key(path, fill, dashes = null) {
  const stroke = fill === "var(--band)" ? "none" : "var(--limit)";
  return drawing("svg", { class: "key", viewBox: "0 0 28 14", "aria-hidden": "true" },
    drawing("path", { d: path, fill: fill ?? "none", stroke, "stroke-width": 1.5, "stroke-dasharray": dashes }));
}
