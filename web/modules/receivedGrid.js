// Reports received, clinic by month: a real table, so that the browser finds names and a screen reader walks it.
import { apiPath, inChosenMonth } from "./address.js";
import { read } from "./api.js";
import { element } from "./element.js";
import { monthName, word } from "./language.js";
import { later } from "./later.js";
import { panelTools } from "./panelTools.js";

const CLASSES = {
  received: "received-on-time", received_late: "received-late", flagged: "flagged", empty: "empty",
  late: "overdue", rejected: "rejected", awaited: "awaited", not_applicable: "not-applicable",
};
const SHORT = 24; // months that fit a small screen

// Of hundreds of clinics they are a page of their own, so they are fetched when seen.
export function reportsReceived(page) {
  return later(async () => {
    const { panel } = await read(`${apiPath()}/received?month=${page.month}`);
    return [receivedGrid(panel, page)];
  }, location.hash === "#received").place;
}

export function receivedGrid(panel, page) {
  const months = [...new Set(panel.rows.map((row) => row.month))].sort();
  const table = element("table", { class: months.length > SHORT ? "received long" : "received" },
    element("caption", { class: "unseen" }, panel.subtitle),
    element("colgroup", {}, element("col", { class: "clinic" }), months.map(() => element("col"))),
    head(months, page.month),
    [...byRegion(panel.rows, page)].map(([region, clinics]) => body(region, clinics, months)));
  const scroll = element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": panel.title }, table);
  // The newest months are at the right; where the table is wider than the screen, start there.
  requestAnimationFrame(() => { scroll.scrollLeft = scroll.scrollWidth; });
  return element("article", { class: "panel", id: panel.id },
    element("h3", {}, panel.title), element("p", { class: "subtitle" }, panel.subtitle),
    element("p", { class: "sentence" }, panel.sentence),
    panel.caveat ? element("p", { class: "caveat" }, panel.caveat) : null,
    legend(panel.rows), scroll,
    panelTools({ ...panel, chart: null }, page)); // the grid is its own table
}

// Region -> clinic -> its rows, in the server's order.
function byRegion(rows, { sitesIndex = [], scope }) {
  const regionOf = new Map(sitesIndex.map((site) => [site.code, site.regionName]));
  const regions = new Map();
  for (const row of rows) {
    const region = row.regionName ?? regionOf.get(row.site) ?? scope.name;
    if (!regions.has(region)) regions.set(region, new Map());
    const clinics = regions.get(region);
    if (!clinics.has(row.site)) clinics.set(row.site, []);
    clinics.get(row.site).push(row);
  }
  return regions;
}

function head(months, shown) {
  const years = [...new Set(months.map((month) => month.slice(0, 4)))];
  const count = (year) => months.filter((month) => month.startsWith(year)).length;
  return element("thead", {},
    element("tr", {}, element("th", { scope: "col", rowspan: 2, class: "clinic" }, word("clinic")),
      years.map((year) => element("th", { scope: "colgroup", class: "year", colspan: count(year) }, year))),
    element("tr", {}, months.map((month) =>
      element("th", { scope: "col", class: month === shown ? "shown" : null }, String(Number(month.slice(5)))))));
}

function body(region, clinics, months) {
  const rows = [...clinics.values()].map((cells) => {
    const at = new Map(cells.map((cell) => [cell.month, cell]));
    return element("tr", {},
      element("th", { scope: "row", class: "clinic" }, element("a", { href: inChosenMonth(`/sites/${cells[0].site}`) }, cells[0].name)),
      months.map((month) => monthCell(at.get(month), month)));
  });
  const heading = element("th", { scope: "rowgroup", class: "region", colspan: months.length + 1 }, element("span", {}, region));
  return element("tbody", {}, element("tr", {}, heading), rows);
}

function monthCell(cell, month) {
  if (!cell) return element("td");
  const classes = [CLASSES[cell.state], month.endsWith("-01") && "january"];
  const text = `${monthName(cell.month)}: ${cell.text}`;
  return element("td", { class: classes.filter(Boolean).join(" "), title: text, "aria-label": text }, word(`receivedMark.${cell.state}`));
}

function legend(rows) {
  const occurring = new Set(rows.map((row) => row.state));
  const entry = (state) => element("li", {},
    element("span", { class: `cell ${CLASSES[state]}`, "aria-hidden": "true" }, word(`receivedMark.${state}`)),
    word(`receivedKey.${state}`));
  return element("ul", { class: "legend" }, Object.keys(CLASSES).filter((state) => occurring.has(state)).map(entry));
}
