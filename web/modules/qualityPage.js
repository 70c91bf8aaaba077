// How far the data can be trusted: every clinic in parts, or one clinic with what stands behind them.
import { apiAddress, inChosenMonth } from "./address.js";
import { read } from "./api.js";
import { element } from "./element.js";
import { word } from "./language.js";
import { panelArticle } from "./panel.js";
import { start } from "./start.js";
import { closePage, noticesOf } from "./surroundings.js";

function link(text, path) {
  return element("li", {}, element("a", { href: inChosenMonth(path) }, text));
}

start(async () => {
  const page = await read(apiAddress());
  closePage(page, page.title);
  const above = page.scope.kind === "programme" ? [] : [link(word("quality"), "/quality")];
  return [...noticesOf(page),
    element("nav", { "aria-label": word("above") },
      element("ul", { class: "parents" }, above, link(page.scope.name, page.scope.url))),
    element("h1", {}, page.title), element("p", { class: "lead" }, page.sentence),
    element("div", { class: "section panels" }, page.panels.map((panel) => panelArticle(panel, page, "h2")))];
});
