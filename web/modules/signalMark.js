// The mark of a signal: a shape and a colour, the same in words, figures and charts.
import { drawing } from "./element.js";
import { word } from "./language.js";

const SHAPES = {
  none: "M8 3.5a4.5 4.5 0 1 0 .01 0z",
  worse: "M8 0l8 8-8 8-8-8z",
  better: "M1.5 1.5h13v13h-13z",
  change: "M8 1l8 14H0z",
};

export function signalMark(signal) {
  return drawing("svg", { class: `mark ${signal}`, viewBox: "0 0 16 16", role: "img", "aria-label": word(`signal.${signal}`) },
    drawing("path", { d: SHAPES[signal] ?? SHAPES.none }));
}
