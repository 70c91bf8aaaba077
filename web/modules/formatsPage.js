// What files may hold: each kind of report with its columns, and every fault that a receipt can name.
import { apiAddress } from "./address.js";
import { read } from "./api.js";
import { element } from "./element.js";
import { word } from "./language.js";
import { panelTable } from "./panelTable.js";
import { start } from "./start.js";
import { closePage, noticesOf } from "./surroundings.js";

function kindArticle(kind) {
  return element("article", { class: "panel", id: kind.id },
    element("header", {}, element("h2", {}, kind.name), element("p", { class: "subtitle" }, kind.about)),
    panelTable({ ...kind, title: kind.name }));
}

function faultsArticle(faults) {
  return element("article", { class: "panel", id: "faults" },
    element("header", {}, element("h2", {}, faults.title), element("p", { class: "subtitle" }, faults.sentence)),
    panelTable(faults));
}

start(async () => {
  const page = await read(apiAddress());
  closePage(page, page.title);
  const contents = [...page.kinds.map(({ id, name }) => [id, name]), ["faults", page.faults.title]]
    .map(([id, name]) => element("li", {}, element("a", { href: `#${id}` }, name)));
  return [...noticesOf(page),
    element("h1", {}, page.title), element("p", { class: "lead" }, page.sentence),
    element("nav", { "aria-label": word("formats") }, element("ul", { class: "contents" }, contents)),
    element("div", { class: "section panels" }, page.kinds.map(kindArticle), faultsArticle(page.faults))];
});
