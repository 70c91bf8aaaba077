// The head of the comparison: the way up, its name, what can be chosen, the finding.
import { inChosenMonth } from "./address.js";
import { element } from "./element.js";
import { word } from "./language.js";
import { monthChoice } from "./monthChoice.js";

export function compareHead(page, goTo) {
  const { scope, indicator, indicators, regions } = page;
  const up = [...scope.parents, ...(scope.kind === "region" ? [scope] : [{ name: scope.name, url: "/" }])];
  const region = scope.kind === "region" ? scope.code : "";
  return [
    element("nav", { "aria-label": word("above") }, element("ul", { class: "parents" },
      up.map((place) => element("li", {}, element("a", { href: inChosenMonth(place.url) }, place.name))))),
    element("div", { class: "scope" },
      element("h1", {}, page.title, element("span", { class: "on-paper" }, ` · ${scope.name} · ${page.monthText}`)),
      element("div", { class: "choices" },
        choice("indicator", word("indicator"), indicators.map(({ id, name }) => [id, name]), indicator.id,
          (id) => goTo(indicators.find((each) => each.id === id).url, {})),
        choice("region", word("compare.region"), [["", word("compare.everywhere")], ...regions.map(({ code, name }) => [code, name])],
          region, (code) => goTo(null, { region: code })),
        monthChoice(page, (month) => goTo(null, { month })))),
    element("p", { class: "lead" }, page.sentence),
  ];
}

function choice(id, label, entries, chosen, choose) {
  const options = entries.map(([value, text]) => element("option", { value, selected: value === chosen }, text));
  return element("div", { class: "choice" },
    element("label", { for: id }, label), element("select", { id, onchange: (event) => choose(event.target.value) }, options));
}
