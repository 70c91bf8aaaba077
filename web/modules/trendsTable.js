// Every clinic's signals and trends, fetched when they come into view: of hundreds of clinics they are a page of their own.
import { apiPath } from "./address.js";
import { read } from "./api.js";
import { element } from "./element.js";
import { word } from "./language.js";
import { panelArticle } from "./panel.js";

export function trendsTable(page) {
  const place = element("div", { class: "later", "aria-busy": "true" }, element("p", { class: "quiet" }, word("loading")));
  const seen = new IntersectionObserver(([{ isIntersecting }]) => {
    if (!isIntersecting) return;
    seen.disconnect();
    fill(place, page);
  }, { rootMargin: "200px" });
  seen.observe(place);
  return place;
}

async function fill(place, page) {
  const shown = await read(`${apiPath()}/trends?month=${page.month}`).then(
    ({ panel }) => panelArticle(panel, page), (failure) => element("p", { role: "alert" }, failure.message));
  place.replaceChildren(shown);
  place.removeAttribute("aria-busy");
}
