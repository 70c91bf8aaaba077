// What arrived, what was refused, who is late: every receipt, those that ask for something first.
import { apiAddress } from "./address.js";
import { read } from "./api.js";
import { element } from "./element.js";
import { word } from "./language.js";
import { needsAttention, panelTable } from "./panelTable.js";
import { panelTools } from "./panelTools.js";
import { start } from "./start.js";
import { closePage, noticesOf } from "./surroundings.js";

function section(key, ...content) {
  return element("section", { class: "section", "aria-labelledby": key }, element("h2", { id: key }, word(key)), content);
}

start(async () => {
  const page = await read(apiAddress());
  closePage(page, page.title);
  const refused = page.rows.filter(needsAttention);
  return [...noticesOf(page),
    element("h1", {}, page.title), element("p", { class: "lead" }, page.sentence),
    refused.length ? section("refusedFiles", panelTable({ ...page, title: word("refusedFiles"), rows: refused })) : "",
    section("allFiles", panelTable({ ...page, title: word("allFiles") }), panelTools(page, page))];
});
