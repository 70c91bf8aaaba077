// Every clinic's signals and trends: of hundreds of clinics they are a page of their own, so they are fetched when seen.
import { apiPath } from "./address.js";
import { read } from "./api.js";
import { later } from "./later.js";
import { panelArticle } from "./panel.js";

export function trendsTable(page) {
  return later(async () => {
    const { panel } = await read(`${apiPath()}/trends?month=${page.month}`);
    return [panelArticle(panel, page)];
  }, location.hash === "#trends").place;
}
