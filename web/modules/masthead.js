// The head of every page: skip link, name, pages, language switch.
import { inChosenMonth } from "./address.js";
import { element } from "./element.js";
import { language, switchLanguage, word } from "./language.js";

const PAGES = [["/", "programme"], ["/compare/dropout_rate", "compare"], ["/trials", "trials"], ["/data", "data"], ["/quality", "quality"], ["/definitions", "definitions"], ["/formats", "formats"]];

export function buildMasthead() {
  document.title = word("product");
  document.getElementById("masthead").replaceChildren(
    element("a", { class: "skip", href: "#main" }, word("skip")),
    element("a", { class: "brand", href: inChosenMonth("/") }, word("product")),
    element("nav", { "aria-label": word("pages") }, element("ul", {}, PAGES.map(pageLink))),
    element("button", { type: "button", class: "language", lang: language === "en" ? "zh-Hans" : "en", onclick: switchLanguage },
      word("otherLanguage")),
  );
}

// The comparison is one page with an address for each indicator.
const isHere = (path) =>
  location.pathname === path || ["/compare/", "/trials"].some((start) => path.startsWith(start) && location.pathname.startsWith(start))
  || (path === "/trials" && location.pathname.startsWith("/rollouts"));

function pageLink([path, key]) {
  const here = isHere(path) ? "page" : null;
  return element("li", {}, element("a", { href: inChosenMonth(path), "aria-current": here }, word(key)));
}
