// One receipt: the facts of a file, and every row that was refused with what to write instead.
import { apiAddress } from "./address.js";
import { read } from "./api.js";
import { element } from "./element.js";
import { word } from "./language.js";
import { panelArticle } from "./panel.js";
import { start } from "./start.js";
import { closePage, noticesOf } from "./surroundings.js";

start(async () => {
  const page = await read(apiAddress());
  closePage(page, page.title);
  const facts = page.facts.map(({ label, text }) => [element("dt", {}, label), element("dd", {}, text)]);
  return [...noticesOf(page),
    element("nav", { "aria-label": word("above") },
      element("ul", { class: "parents" }, element("li", {}, element("a", { href: "/data" }, word("data"))))),
    element("h1", {}, page.title), element("p", { class: "lead" }, page.sentence),
    element("dl", { class: "record", "aria-label": word("facts") }, facts),
    element("div", { class: "section panels" }, page.panels.map((panel) => panelArticle(panel, page, "h2")))];
});
