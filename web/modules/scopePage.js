// The programme, a region or a clinic: one page in one month.
import { apiAddress, addressWith, chosenMonth } from "./address.js";
import { read } from "./api.js";
import { callFirst } from "./callFirst.js";
import { element } from "./element.js";
import { start, show } from "./start.js";
import { scopeHead } from "./scopeHead.js";
import { panelSections } from "./panelSections.js";
import { closePage, noticesOf } from "./surroundings.js";

let shownMonth = chosenMonth();

async function content() {
  const page = await read(apiAddress());
  closePage(page, [page.scope.name, page.monthText].filter(Boolean).join(", "));
  const [indicators, ...others] = panelSections(page);
  const overview = page.callFirst
    ? element("div", { class: "overview" }, callFirst(page.callFirst), indicators)
    : indicators ?? "";
  return [...noticesOf(page), ...scopeHead(page, goToMonth), overview, ...others];
}

async function goToMonth(month) {
  history.pushState(null, "", addressWith({ month }));
  shownMonth = month;
  const focused = document.activeElement.id;
  await show(content);
  document.getElementById(focused)?.focus();
}

// Going to another place on the page is a popstate too; only another month needs another page.
addEventListener("popstate", () => {
  if (chosenMonth() === shownMonth) return;
  shownMonth = chosenMonth();
  show(content);
});
start(content);
