// What client records tell: fetched when it comes into view, and again under another rule of what ends a stay.
import { addressWith, chosenRule } from "./address.js";
import { read } from "./api.js";
import { element } from "./element.js";
import { word } from "./language.js";
import { later } from "./later.js";
import { panelArticle } from "./panel.js";
import { ruleChoice } from "./ruleChoice.js";

const PANELS = ["retention", "exit_incidence", "occupancy", "dropouts", "rules", "tests", "behaviour", "service"];
// The one section of the page, and the rule that it shows.
let section;
let shown;

export function clientRecords({ recordsURL }) {
  shown = chosenRule();
  section = later(async () => {
    shown = chosenRule();
    return content(await read(shown ? `${recordsURL}&rule=${encodeURIComponent(shown)}` : recordsURL));
  }, PANELS.includes(location.hash.slice(1)));
  return section.place;
}

addEventListener("popstate", () => {
  if (section?.place.isConnected && chosenRule() !== shown) section.fill();
});

function content(records) {
  const { panels, rules } = records;
  if (!panels.length) return [element("p", { class: "quiet" }, word("records.none"))];
  const articles = (isDrawn) => panels.filter(({ chart }) => Boolean(chart) === isDrawn).map((panel) => panelArticle(panel, records));
  return [
    ruleChoice(rules, choose) ?? "",
    element("div", { class: "panels paired" }, articles(true)),
    element("div", { class: "panels" }, articles(false)),
  ];
}

async function choose(rule) {
  history.pushState(null, "", addressWith({ rule }));
  const focused = document.activeElement.id;
  await section.fill();
  document.getElementById(focused)?.focus();
}
