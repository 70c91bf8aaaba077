// The mark of a signal: a shape and a colour, the same in words, figures and charts.
import { drawing } from "./element.js";
import { word } from "./language.js";

const SHAPES = {
  none: "M8 3.5a4.5 4.5 0 1 0 .01 0z",
  worse: "M8 0l8 8-8 8-8-8z",
  better: "M1.5 1.5h13v13h-13z",
  change: "M8 1l8 14H0z",
};

// Room for a letter in a circle, too.
const OUTLINES = { ...SHAPES, none: "M8 .5a7.5 7.5 0 1 0 .01 0z" };

// Where a letter stands in the middle of its shape; in a triangle nearer to the broad side.
const LETTER_FOOT = { above: 13, below: 8 };

export function signalMark(signal) {
  return drawing("svg", { class: `mark ${signal}`, viewBox: "0 0 16 16", role: "img", "aria-label": word(`signal.${signal}`) },
    drawing("path", { d: SHAPES[signal] ?? SHAPES.none }));
}

// The icon of variation (NHS England, Making Data Count): shape and colour say how it is meant, the letter whether the
// figure is high or low. The words beside it say both.
export function variationIcon({ direction, side, letter }) {
  const turned = direction === "change" && side === "below" ? "rotate(180 8 8)" : null;
  return drawing("svg", { class: `mark icon ${direction}`, viewBox: "0 0 16 16", "aria-hidden": "true" },
    drawing("path", { d: SHAPES[direction] ?? SHAPES.none, transform: turned }),
    letter ? drawing("text", { x: 8, y: LETTER_FOOT[direction === "change" ? side : direction] ?? 11, "text-anchor": "middle" }, letter) : null);
}

// The icon of assurance, in outline, for it tells of a target: the same shapes, and a letter for the outcome.
const OUTCOMES = { pass: "better", fail: "worse", hit_or_miss: "none" };

export function assuranceIcon({ code, letter }) {
  const direction = OUTCOMES[code];
  return drawing("svg", { class: `mark icon outcome ${direction}`, viewBox: "-1 -1 18 18", "aria-hidden": "true" },
    drawing("path", { d: OUTLINES[direction] }), drawing("text", { x: 8, y: 11, "text-anchor": "middle" }, letter));
}
