// The trials and roll-outs that the reader may see, at /trials and /rollouts alike.
import { read } from "./api.js";
import { element } from "./element.js";
import { panelTable } from "./panelTable.js";
import { start } from "./start.js";
import { closePage, noticesOf } from "./surroundings.js";

async function content() {
  const [page, rollouts] = await Promise.all([read("/api/v1/trials"), read("/api/v1/rollouts")]);
  closePage(page, page.title);
  const [list] = page.panels;
  return [...noticesOf(page),
    element("header", { class: "head" }, element("h1", {}, page.title), element("p", { class: "lead" }, page.sentence)),
    list.rows.length ? panelTable(list) : "", rolloutList(rollouts)];
}

function rolloutList({ title, sentence, panels: [list] }) {
  const id = "section-rollouts";
  return element("section", { class: "section", "aria-labelledby": id },
    element("h2", { id }, title), element("p", {}, sentence), list.rows.length ? panelTable(list) : "");
}
start(content);
