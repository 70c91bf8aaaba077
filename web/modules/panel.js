// One panel: the finding, the figure, the picture, the sentence, and what stands behind them.
import { chartHost } from "./chartHost.js";
import { element } from "./element.js";
import { figure } from "./figure.js";
import { word } from "./language.js";
import { panelTable } from "./panelTable.js";
import { panelTools } from "./panelTools.js";

export function panelArticle(panel, page, heading = "h3") {
  const sentenceId = `sentence-${panel.id}`;
  const trendId = `trend-${panel.id}`;
  const host = panel.chart ? chartHost(panel, page, panel.trend ? `${sentenceId} ${trendId}` : sentenceId) : null;
  return element("article", { class: "panel", id: panel.id },
    element("header", {},
      element(heading, {}, panel.title), panel.subtitle ? element("p", { class: "subtitle" }, panel.subtitle) : null),
    panel.figure ? figure(panel.figure, panel.comparison) : element("div"),
    host ?? panelTable(panel),
    element("div", {},
      element("p", { class: "sentence", id: sentenceId }, panel.sentence),
      panel.trend ? element("p", { class: "sentence trend", id: trendId }, element("strong", {}, word("trend")), panel.trend.text) : null,
      panel.caveat ? element("p", { class: "caveat" }, panel.caveat) : null,
      panel.definition ? element("p", { class: "on-paper quiet" }, panel.definition.text) : null),
    panelTools(panel, page, { host }));
}
