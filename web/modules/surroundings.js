// What surrounds the content of every page: notices above, the data cut below.
import { apiAddress, inLanguage } from "./address.js";
import { element } from "./element.js";
import { word } from "./language.js";
import { printInMargin } from "./printing.js";

export const noticesOf = (page) =>
  (page.notices ?? []).map((notice) => element("p", { class: "notice", role: "note" }, notice.text));

export function closePage(page, title) {
  document.title = `${title} – ${word("product")}`;
  const dataCut = page.dataCut?.text ?? "";
  document.getElementById("colophon").replaceChildren(
    ...(dataCut ? [element("p", {}, dataCut)] : []), element("p", {}, element("a", { href: inLanguage(apiAddress()) }, word("asJSON"))));
  printInMargin([...(page.notices ?? []).map((notice) => notice.text), dataCut].join(" "));
}
