// Sorts a page's panels into sections, in reading order; the first holds the indicators.
import { clientRecords } from "./clientRecords.js";
import { comparePanels } from "./comparePanels.js";
import { element } from "./element.js";
import { word } from "./language.js";
import { chartChoice, eventList } from "./chartChoice.js";
import { panelArticle } from "./panel.js";
import { chartLegend } from "./chartLegend.js";
import { receivedGrid, reportsReceived } from "./receivedGrid.js";
import { trendsTable } from "./trendsTable.js";

export function panelSections(page, goTo) {
  const of = (...kinds) => page.panels.filter((panel) => kinds.includes(panel.kind));
  const series = of("series");
  const sections = [];
  const first = page.scope.kind === "site" ? "siteIndicators" : "indicators";
  const choice = page.scope.kind === "site" ? chartChoice(series, (chart) => goTo({ chart })) : "";
  if (series.length) sections.push(section(first, choice, chartLegend(series), eventList(series), grid(series, page)));
  if (of("compare").length) sections.push(section("allClinics", ...comparePanels(of("compare"), page)));
  if (page.callFirst) sections.push(section("signalsAndTrends", trendsTable(page)));
  if (page.recordsURL) sections.push(section("followUp", clientRecords(page)));
  if (of("exits", "flow").length) sections.push(section("exitsAndFlow", grid(of("exits", "flow"), page)));
  if (page.callFirst) sections.push(section("reportsReceived", reportsReceived(page)));
  for (const panel of of("received")) sections.push(section("reportsReceived", receivedGrid(panel, page)));
  if (of("table").length) sections.push(section("reportsAndQuality", stack(of("table"), page)));
  return sections;
}

function section(key, ...content) {
  const id = `section-${key}`;
  return element("section", { class: "section", "aria-labelledby": id }, element("h2", { id }, word(key)), content);
}

const grid = (panels, page) => element("div", { class: "panels paired" }, panels.map((panel) => panelArticle(panel, page)));
const stack = (panels, page) => element("div", { class: "panels" }, panels.map((panel) => panelArticle(panel, page)));
