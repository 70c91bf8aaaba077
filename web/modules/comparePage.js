// The clinics on one indicator: who is unlike the others beyond chance.
import { addressWith, apiAddress } from "./address.js";
import { read } from "./api.js";
import { compareHead } from "./compareHead.js";
import { compareLegend, funnelLegend } from "./compareLegend.js";
import { compareList } from "./compareList.js";
import { clinicFilter } from "./clinicFilter.js";
import { element } from "./element.js";
import { word } from "./language.js";
import { multiples } from "./multiples.js";
import { panelArticle } from "./panel.js";
import { start, show } from "./start.js";
import { closePage, noticesOf } from "./surroundings.js";

function section(key, ...content) {
  return element("section", { class: "section", "aria-labelledby": `section-${key}` },
    element("h2", { id: `section-${key}` }, word(`compare.${key}`)), content);
}

async function content() {
  const page = await read(apiAddress());
  closePage(page, [page.title, page.scope.name, page.monthText].join(", "));
  const [funnel, list] = page.panels;
  return [...noticesOf(page), ...compareHead(page, goTo),
    section("funnel", funnelLegend(funnel), panelArticle(funnel, page)),
    section("list", clinicFilter(), compareLegend(list.rows), compareList(list, page)),
    section("multiples", multiples(page))];
}

// Another indicator is another address; month and region are kept in it.
async function goTo(path, changes) {
  const address = new URL(addressWith(changes), location.origin);
  for (const [key, value] of Object.entries(changes)) if (!value) address.searchParams.delete(key);
  history.pushState(null, "", (path ?? address.pathname) + address.search);
  const focused = document.activeElement.id;
  await show(content);
  document.getElementById(focused)?.focus();
}

let shown = location.pathname + location.search;
addEventListener("popstate", () => {
  if (location.pathname + location.search === shown) return;
  shown = location.pathname + location.search;
  show(content);
});
start(content);
