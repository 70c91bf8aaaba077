// Which clinics need a call: what changed, since when, how sure, and whether the data can be trusted.
import { inChosenMonth } from "./address.js";
import { element } from "./element.js";
import { signalMark } from "./signalMark.js";

export function callFirst({ title, items, empty, falseAlarms }) {
  return element("section", { class: "section", "aria-labelledby": "call-first" },
    element("h2", { id: "call-first" }, title),
    items.length ? element("ol", { class: "call-first" }, items.map(call)) : element("p", {}, empty),
    element("p", { class: "quiet false-alarms" }, falseAlarms));
}

function call({ site, indicator, sentence, trust, sure, direction }) {
  return element("li", {},
    signalMark(direction),
    element("p", { class: "clinic" },
      element("a", { href: inChosenMonth(site.url, indicator) }, site.name), element("span", { class: "quiet" }, site.regionName)),
    element("p", { class: "reason" }, sentence),
    element("p", { class: "quiet" }, [sure, trust].filter(Boolean).join(" ")));
}
