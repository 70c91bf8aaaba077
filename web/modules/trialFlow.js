// The flow of a trial, box under box, an arm beside the other; the table below it holds the same.
import { element } from "./element.js";
import { word } from "./language.js";
import { panelTable } from "./panelTable.js";
import { panelTools } from "./panelTools.js";

export function trialFlow(panel, page) {
  const before = panel.rows.filter(({ arm }) => !arm);
  const arms = [...new Set(panel.rows.map(({ arm }) => arm).filter(Boolean))];
  return element("article", { class: "panel", id: panel.id },
    element("header", {}, element("h3", {}, panel.title), element("p", { class: "subtitle" }, panel.subtitle)),
    element("div", { class: "flow", "aria-hidden": "true" },
      element("ol", { class: "trunk" }, before.map(box(panel))),
      element("div", { class: "arms" }, arms.map((arm) => branch(panel, panel.rows.filter((row) => row.arm === arm))))),
    element("div", {}, element("p", { class: "sentence" }, panel.sentence), element("p", { class: "caveat" }, panel.caveat)),
    element("details", { class: "flow-table" }, element("summary", {}, word("table")), panelTable(panel)),
    panelTools(panel, page, { host: null }));
}

// The same step stands at the same height in both arms.
function branch(panel, rows) {
  const section = element("section", {}, element("h4", {}, rows[0].armText), element("ol", {}, rows.map(box(panel))));
  section.style.gridRow = `span ${rows.length + 1}`;
  return section;
}

const box = ({ columns }) => (row) => {
  const told = columns.filter(({ key }) => ["clinics", "clientsText", "providersText"].includes(key) && row[key] !== undefined && row[key] !== "");
  return element("li", { class: row.step }, element("strong", {}, row.label),
    told.map(({ key, label }) => element("span", {}, `${label}: ${row[key]}`)));
};
