// Chooses how the series of a page are watched, and lists what was registered in their months.
import { chosenChart } from "./address.js";
import { element } from "./element.js";
import { word } from "./language.js";

const METHODS = ["shewhart", "ewma", "cusum"];

export function chartChoice(panels, goToChart) {
  const chosen = METHODS.includes(chosenChart()) ? chosenChart() : METHODS[0];
  const options = METHODS.map((method) => element("option", { value: method, selected: method === chosen }, word(`chartMethod.${method}`)));
  const said = panels.find((panel) => panel.control)?.control.text;
  return element("p", { class: "chooser" },
    element("label", { for: "chart" }, word("chartMethod")),
    element("select", { id: "chart", onchange: (event) => goToChart(event.target.value) }, options),
    said ? element("span", { class: "quiet" }, said) : null);
}

// The flags of the charts in words: all charts of a page have the same.
export function eventList(panels) {
  const events = panels.find((panel) => panel.events?.length)?.events ?? [];
  if (!events.length) return null;
  const item = ({ monthText, label, text }) => element("li", {},
    element("strong", {}, `${monthText} · ${label}`), " ", element("span", { class: "quiet" }, text));
  return element("details", { class: "events", open: true },
    element("summary", {}, word("registeredEvents", { count: events.length })), element("ul", {}, events.map(item)));
}
