// What arrived, what was refused, who is late: every receipt.
import { apiAddress } from "./address.js";
import { read } from "./api.js";
import { element } from "./element.js";
import { panelTable } from "./panelTable.js";
import { panelTools } from "./panelTools.js";
import { start } from "./start.js";
import { closePage, noticesOf } from "./surroundings.js";

start(async () => {
  const page = await read(apiAddress());
  closePage(page, page.title);
  return [...noticesOf(page),
    element("h1", {}, page.title), element("p", { class: "lead" }, page.sentence),
    panelTable(page), panelTools(page, page)];
});
