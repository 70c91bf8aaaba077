// What stands behind a panel: its record, its table, and the files to take away.
import { inLanguage } from "./address.js";
import { element } from "./element.js";
import { downloadChart } from "./chartDownload.js";
import { word } from "./language.js";
import { panelTable } from "./panelTable.js";

export function panelTools(panel, page) {
  const links = panel.links ?? {};
  const picture = (type) =>
    element("button", { type: "button", onclick: () => downloadChart(panel, page, type) }, type.toUpperCase());
  return element("footer", { class: "tools" },
    record(panel, page),
    panel.chart ? element("details", {}, element("summary", {}, word("table")), panelTable(panel)) : null,
    links.csv ? element("a", { href: inLanguage(links.csv), download: true }, "CSV") : null,
    links.json ? element("a", { href: inLanguage(links.json) }, "JSON") : null,
    panel.chart ? [picture("svg"), picture("png")] : null);
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
