// The programme, a region or a clinic: one page in one month.
import { apiAddress, addressWith, chosenChart, chosenMonth } from "./address.js";
import { read } from "./api.js";
import { callFirst } from "./callFirst.js";
import { element } from "./element.js";
import { start, show } from "./start.js";
import { scopeHead } from "./scopeHead.js";
import { panelSections } from "./panelSections.js";
import { closePage, noticesOf } from "./surroundings.js";

// What of the address decides the content.
const shownContent = () => [chosenMonth(), chosenChart()].join();
let shown = shownContent();

async function content() {
  const page = await read(apiAddress());
  closePage(page, [page.scope.name, page.monthText].filter(Boolean).join(", "));
  const [indicators, ...others] = panelSections(page, goTo);
  const overview = page.callFirst
    ? element("div", { class: "overview" }, callFirst(page.callFirst), indicators)
    : indicators ?? "";
  return [...noticesOf(page), ...scopeHead(page, (month) => goTo({ month })), overview, ...others];
}

async function goTo(change) {
  history.pushState(null, "", addressWith(change));
  shown = shownContent();
  const focused = document.activeElement.id;
  await show(content);
  document.getElementById(focused)?.focus();
}

// Going to another place on the page is a popstate too; only another month or chart needs another page.
addEventListener("popstate", () => {
  if (shownContent() === shown) return;
  shown = shownContent();
  show(content);
});
start(content);
