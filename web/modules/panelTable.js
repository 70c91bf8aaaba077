// The table of a panel: the same cells as the picture; a row's address is on its receipt, or else on its first cell.
import { inChosenMonth } from "./address.js";
import { element } from "./element.js";
import { word } from "./language.js";
import { signalMark } from "./signalMark.js";

const NUMBER = /^[<≥≤−-]?[\d\s ,.]+( ?%)?( \([^)]*\))?$/;
const LONGEST_UNBROKEN = 28; // characters; longer texts may wrap

function classOf(texts) {
  if (texts.every((text) => text === "" || NUMBER.test(text))) return "number";
  return texts.some((text) => text.length > LONGEST_UNBROKEN) ? "sentence" : null;
}

export const needsAttention = ({ outcome }) => ["refused", "partly_loaded"].includes(outcome);

export function panelTable({ title, columns, rows }) {
  if (!rows.length) return element("p", { class: "quiet" }, word("nothing"));
  const classes = new Map(columns.map(({ key }) => [key, classOf(rows.map((row) => String(row[key] ?? "")))]));
  const head = columns.map((column) => element("th", { scope: "col", class: classes.get(column.key) }, column.label));
  const linked = columns.find(({ key }) => key === "receipt")?.key ?? columns[0].key;
  const cells = (row) => columns.map(({ key, mark }, index) => {
    const text = String(row[key] ?? "");
    if (row[mark]) return element("td", {}, signalMark(row[mark]), ` ${text}`);
    const content = key === linked && row.url ? element("a", { href: inChosenMonth(row.url) }, text) : text;
    return element(index ? "td" : "th", { scope: index ? null : "row", class: classes.get(key) }, content);
  });
  // A wide table scrolls in its own box; the box takes focus so that the keyboard can scroll it.
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title },
    element("table", {},
      element("caption", { class: "unseen" }, title),
      element("thead", {}, element("tr", {}, head)),
      element("tbody", {}, rows.map((row) => element("tr", { class: needsAttention(row) ? "attention" : null }, cells(row))))));
}
