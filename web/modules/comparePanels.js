// All clinics beside one another, one indicator at a time; the choice is kept in the address.
import { addressWith, chosenIndicator, inChosenMonth } from "./address.js";
import { differenceLegend } from "./chartLegend.js";
import { element } from "./element.js";
import { word } from "./language.js";
import { panelArticle } from "./panel.js";

// The column of the values bears the indicator's own name.
const nameOf = (panel) => panel.columns.find(({ key }) => key === "text")?.label ?? panel.title;

export function comparePanels(panels, page) {
  const place = element("div");
  const show = (id) => {
    const panel = panels.find((each) => each.id === id) ?? panels[0];
    place.replaceChildren(
      element("p", {}, element("a", { href: inChosenMonth(panel.page.url) }, panel.page.text)),
      differenceLegend(panel.rows), panelArticle(panel, page));
    return panel;
  };
  const shown = show(chosenIndicator());
  const choose = (event) => {
    history.replaceState(null, "", addressWith({ indicator: event.target.value }));
    show(event.target.value);
  };
  const options = panels.map((panel) => element("option", { value: panel.id, selected: panel === shown }, nameOf(panel)));
  return [
    element("p", { class: "chooser" },
      element("label", { for: "indicator" }, word("indicator")), element("select", { id: "indicator", onchange: choose }, options)),
    place,
  ];
}
