// Chooses what ends a stay: the same panels under another rule of what a dropout is.
import { element } from "./element.js";
import { word } from "./language.js";

export function ruleChoice(rules, goToRule) {
  if (rules.length < 2) return null;
  const options = rules.map(({ code, name, shown }) => element("option", { value: code, selected: shown }, name));
  return element("p", { class: "chooser" },
    element("label", { for: "rule" }, word("rule")),
    element("select", { id: "rule", onchange: (event) => goToRule(event.target.value) }, options));
}
