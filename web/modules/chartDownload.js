// Saves a chart as a file that can stand alone: on paper colours, with title, measure, data cut and notices.
import { drawChart } from "./chart.js";
import { paperColour } from "./chartTheme.js";
import { element } from "./element.js";

const WIDTH_PX = 900;
const PNG_SCALE = 2;

export async function downloadChart(panel, page, type) {
  const host = element("div");
  const colour = paperColour();
  const provenance = [...(page.notices ?? []).map((notice) => notice.text), page.dataCut?.text].filter(Boolean).join(" ");
  const view = await drawChart(host, panel, page, WIDTH_PX, {
    colour, background: colour("ground"), padding: 20,
    title: { text: `${page.scope.name}: ${panel.title}`, subtitle: [panel.subtitle, provenance] },
  });
  const href = await view.toImageURL(type, PNG_SCALE);
  element("a", { href, download: `${[page.scope.code || page.scope.kind, panel.id, page.month].filter(Boolean).join("_")}.${type}` }).click();
  view.finalize();
}
