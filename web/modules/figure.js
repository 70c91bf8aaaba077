// The figure of a panel: the number, its interval and unit, its variation, and the comparison.
import { element } from "./element.js";
import { assuranceIcon, variationIcon } from "./signalMark.js";

export function figure({ text, interval, unit, state, variation, assurance }, comparison) {
  const measured = state === "value";
  return element("div", { class: "figure" },
    element("p", {},
      element("span", { class: measured ? "value" : "value absent" }, text),
      measured && interval ? element("span", { class: "interval" }, ` (${interval})`) : null,
      measured ? element("span", { class: "quiet" }, ` ${unit}`) : null),
    element("p", { class: "around" },
      variation ? element("span", {}, variationIcon(variation), ` ${variation.text}`) : null,
      assurance ? element("span", {}, assuranceIcon(assurance), ` ${assurance.text}`) : null,
      comparison ? element("span", { class: "quiet" }, `${comparison.label} ${comparison.text}`) : null));
}
