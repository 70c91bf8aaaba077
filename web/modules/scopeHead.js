// The head of a scope: where it is, its name, the month, the sentence for the month, the regions below it.
import { inChosenMonth } from "./address.js";
import { clinicSearch } from "./clinicSearch.js";
import { element } from "./element.js";
import { word } from "./language.js";
import { monthChoice } from "./monthChoice.js";

export function scopeHead(page, goToMonth) {
  const { scope, regions = [], sitesIndex = [] } = page;
  return [
    scope.parents.length ? linkList("parents", word("above"), scope.parents) : "",
    element("div", { class: "scope" },
      element("h1", {}, scope.name, element("span", { class: "on-paper" }, page.monthText && ` · ${page.monthText}`)),
      element("div", { class: "choices" },
        sitesIndex.length ? clinicSearch(sitesIndex) : null, page.months.length ? monthChoice(page, goToMonth) : null)),
    element("p", { class: "lead" }, page.sentence),
    regions.length && scope.kind === "programme" ? linkList("regions", word("regions"), regions) : "",
  ];
}

function linkList(name, label, places) {
  const items = places.map((place) => element("li", {}, element("a", { href: inChosenMonth(place.url) }, place.name)));
  return element("nav", { "aria-label": label }, element("ul", { class: name, "data-label": label }, items));
}
