// Each clinic with its interval, the clearest difference first: a real table, whose pictures share one scale.
import { inChosenMonth } from "./address.js";
import { element } from "./element.js";
import { intervalPicture, scaleOf, scalePicture } from "./intervalPicture.js";
import { word } from "./language.js";
import { panelTools } from "./panelTools.js";
import { signalMark } from "./signalMark.js";
import { whenSeen } from "./whenSeen.js";

const NOT_SHOWN = ["name", "regionName", "numeratorText", "denominatorText"];

export function compareList(panel, page) {
  const scale = scaleOf(panel);
  const columns = panel.columns.filter(({ key }) => !NOT_SHOWN.includes(key));
  const sentenceId = `sentence-${panel.id}`;
  const table = element("table", { class: "compared" },
    element("caption", { class: "unseen" }, panel.title),
    element("thead", {}, element("tr", {},
      element("th", { scope: "col" }, word("clinic")),
      element("th", { scope: "col", class: "picture" }, element("span", { class: "unseen" }, word("compare.picture")), scalePicture(scale)),
      columns.map(({ key, label }) => element("th", { scope: "col", class: key === "signalText" ? null : "number" }, label)))),
    element("tbody", {}, panel.rows.map((row) => line(row, columns, scale))));
  return element("article", { class: "panel", id: panel.id },
    element("h3", {}, panel.title), element("p", { class: "subtitle" }, panel.subtitle),
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": panel.title }, table),
    element("p", { class: "sentence", id: sentenceId }, panel.sentence),
    panel.caveat ? element("p", { class: "caveat" }, panel.caveat) : null,
    panelTools(panel, page, { isItsOwnTable: true }));
}

function line(row, columns, scale) {
  const cell = element("td", { class: "picture" });
  if (row.state === "value") whenSeen(cell, () => cell.replaceChildren(intervalPicture(row, scale)));
  return element("tr", { "data-find": [row.name, row.regionName, row.site].join(" ").toLowerCase() },
    element("th", { scope: "row" },
      element("a", { href: inChosenMonth(row.url) }, row.name), element("span", { class: "quiet" }, row.regionName)),
    cell,
    columns.map(({ key }) => (key === "signalText" ? told(row) : element("td", { class: "number" }, row[key] ?? ""))));
}

function told({ signal, signalText }) {
  return element("td", {}, signal === "none" ? null : [signalMark(signal), element("span", { class: "told" }, signalText)]);
}
