// Paper: links become footnotes while printing; the data cut and page number stand in every page's margin.
import { element } from "./element.js";
import { word } from "./language.js";

const LINKED = "main :is(.call-first, .parents) a[href]";

export function preparePrinting() {
  addEventListener("beforeprint", addFootnotes);
  addEventListener("afterprint", removeFootnotes);
}

// Margin boxes take their words from a rule, so the rule is written once the data cut is known.
export function printInMargin(text) {
  const sheet = [...document.styleSheets].find((each) => each.href?.endsWith("/styles/print.css"));
  const pageNumber = word("pageNumber").split("{number}").map((part) => JSON.stringify(part)).join(" counter(page) ");
  const font = "font: 8pt system-ui, sans-serif";
  const rule = `@page {
    @bottom-left { content: ${JSON.stringify(text)}; ${font}; width: 85%; }
    @bottom-right { content: ${pageNumber}; ${font}; } }`;
  try {
    sheet.insertRule(rule, sheet.cssRules.length);
  } catch {
    // A browser without margin boxes prints the data cut once, in the footer.
  }
}

function addFootnotes() {
  removeFootnotes();
  const targets = new Map();
  for (const link of document.querySelectorAll(LINKED)) {
    if (!targets.has(link.href)) targets.set(link.href, targets.size + 1);
    link.after(element("span", { class: "footnote" }, String(targets.get(link.href))));
  }
  const notes = [...targets].map(([href, number]) => element("li", {}, `${number} ${href}`));
  document.getElementById("main").append(element("ol", { class: "footnotes" }, notes));
}

function removeFootnotes() {
  for (const note of document.querySelectorAll(".footnote, .footnotes")) note.remove();
}
