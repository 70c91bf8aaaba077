// Every clinic over time, as small as it can be read: real text beside light pictures that are drawn as they are seen.
import { inChosenMonth, inLanguage } from "./address.js";
import { element } from "./element.js";
import { monthName, word } from "./language.js";
import { ownSignalLegend } from "./compareLegend.js";
import { downloadMultiples } from "./multiplesDownload.js";
import { signalMark } from "./signalMark.js";
import { sparkline } from "./sparkline.js";
import { whenSeen } from "./whenSeen.js";

export function multiples(page) {
  const { multiples: shown } = page;
  return element("article", { class: "panel", id: "multiples" },
    element("h3", {}, shown.title), element("p", { class: "subtitle" }, shown.subtitle),
    element("p", { class: "subtitle" }, scaleInWords(shown, page)),
    ownSignalLegend(shown.rows),
    element("ul", { class: "multiples" }, shown.rows.map((row) => tile(row, shown))),
    element("p", { class: "sentence" }, shown.sentence),
    tools(shown, page));
}

const scaleInWords = ({ months, bottom, top }, page) => word("compare.scale", {
  from: bottom, to: top, first: monthName(months[0]), last: monthName(months.at(-1)), unit: page.panels[0].axis.title });

function tile(row, shown) {
  const place = element("div", { class: "spark" });
  whenSeen(place, () => place.replaceChildren(sparkline(row, shown)));
  return element("li", { "data-find": [row.name, row.regionName, row.site].join(" ").toLowerCase() },
    element("a", { href: inChosenMonth(row.url) }, row.name), place,
    element("p", {}, row.text,
      row.signal === "none" ? null : [" ", signalMark(row.signal), element("span", { class: "told" }, row.signalText)]));
}

function tools(shown, page) {
  const picture = (type) => element("button", { type: "button", onclick: () => downloadMultiples(page, type) }, type.toUpperCase());
  // A table of thousands of cells is made when somebody asks for it.
  const table = element("details", {}, element("summary", {}, word("table")));
  table.addEventListener("toggle", () => table.append(tableOf(shown, page)), { once: true });
  return element("footer", { class: "tools" }, table,
    element("a", { href: inLanguage(shown.links.csv), download: true }, "CSV"),
    element("a", { href: inLanguage(shown.links.json) }, "JSON"), picture("svg"), picture("png"));
}

function tableOf({ title, months, rows }) {
  const cell = (value) => element("td", { class: "number" }, typeof value === "number" ? String(value) : word(`compare.state.${value}`));
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title },
    element("table", {}, element("caption", { class: "unseen" }, title),
      element("thead", {}, element("tr", {},
        element("th", { scope: "col" }, word("clinic")), months.map((month) => element("th", { scope: "col" }, month)))),
      element("tbody", {}, rows.map((row) => element("tr", {}, element("th", { scope: "row" }, row.name), row.values.map(cell))))));
}
