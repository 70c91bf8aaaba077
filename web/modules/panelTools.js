// What stands behind a panel: its record, its table, and the files to take away.
import { inLanguage } from "./address.js";
import { element } from "./element.js";
import { downloadChart } from "./chartDownload.js";
import { redraw } from "./chartHost.js";
import { word } from "./language.js";
import { panelTable } from "./panelTable.js";

// A panel that is shown as a table needs no second one.
export function panelTools(panel, page, { host = null, isItsOwnTable = false } = {}) {
  const links = panel.links ?? {};
  const picture = (type) =>
    element("button", { type: "button", onclick: () => downloadChart(panel, page, type) }, type.toUpperCase());
  return element("footer", { class: "tools" },
    record(panel, page),
    panel.chart && !isItsOwnTable ? element("details", {}, element("summary", {}, word("table")), panelTable(panel)) : null,
    panel.chart === "series" && hasTrend(panel) ? trendSwitch(panel, host) : null,
    links.csv ? element("a", { href: inLanguage(links.csv), download: true }, "CSV") : null,
    links.json ? element("a", { href: inLanguage(links.json) }, "JSON") : null,
    panel.chart ? [picture("svg"), picture("png")] : null);
}

const hasTrend = ({ rows }) => rows.some((row) => Number.isFinite(row.trend));

// The line of the trend, drawn only for who asks for it; its sentence is there in any case.
function trendSwitch(panel, host) {
  const onclick = ({ currentTarget }) => {
    panel.trendShown = !panel.trendShown;
    currentTarget.setAttribute("aria-pressed", String(panel.trendShown));
    redraw(host);
  };
  return element("button", { type: "button", class: "switch", "aria-pressed": "false", onclick }, word("trendLine"));
}

function record({ definition, figure, origin }, { dataCut }) {
  const link = ({ text, url }) => element("a", { href: url }, text);
  const facts = [
    ["definition", definition && link(definition)],
    ["counts", figure?.detail],
    ["files", origin && link(origin)],
    ["dataCut", dataCut?.text],
  ].filter(([, value]) => value);
  if (!definition && !origin) return null;
  return element("details", {}, element("summary", {}, word("record")),
    element("dl", { class: "record" },
      facts.map(([key, value]) => [element("dt", {}, word(`record.${key}`)), element("dd", {}, value)])));
}
