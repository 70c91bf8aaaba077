// A roll-out: by time since the start, overall, clinic by clinic, one clinic's months, and what the design can support.
import { addressWith, apiPath } from "./address.js";
import { read } from "./api.js";
import { element } from "./element.js";
import { word } from "./language.js";
import { panelArticle } from "./panel.js";
import { start, show } from "./start.js";
import { closePage, noticesOf } from "./surroundings.js";

const SECTIONS = [
  ["rolloutPage.result", ["course", "effect", "cohorts"]], ["rolloutPage.clinics", ["sites", "unestimated"]],
  ["rolloutPage.one", ["series"]], ["rolloutPage.design", ["design"]],
];

// The chosen indicator and clinic stand in the address: a page that is sent on shows the same.
const asked = () => new URLSearchParams(["indicator", "site"].flatMap((key) => {
  const value = new URLSearchParams(location.search).get(key);
  return value ? [[key, value]] : [];
}));

async function content() {
  const page = await read(`${apiPath()}?${asked()}`.replace(/\?$/, ""));
  closePage(page, `${page.title}, ${page.scope.name}`);
  const panels = new Map(page.panels.map((panel) => [panel.id, panel]));
  const sections = SECTIONS.map(([key, names]) => [key, names.map((name) => panels.get(name)).filter(Boolean)]);
  return [...noticesOf(page), head(page),
    ...sections.filter(([, own]) => own.length).map(([key, own]) => section(key, own, page))];
}

function head({ scope, sentence, standing, standingText, indicators }) {
  return element("header", { class: "head" },
    element("nav", { "aria-label": word("above"), class: "above" }, scope.parents.map(({ name, url }) => element("a", { href: url }, name))),
    element("h1", {}, scope.name), element("p", { class: "lead" }, sentence),
    choice("indicator", indicators),
    element("p", { class: standing === "fixed" ? "standing" : "standing open" }, standingText));
}

function choice(name, choices) {
  const options = choices.map(({ code, name: text, shown }) => element("option", { value: code, selected: shown ? "" : null }, text));
  return element("p", {}, element("label", { for: name }, word(`rolloutPage.${name}`)), " ",
    element("select", { id: name, onchange: ({ target }) => goTo({ [name]: target.value }) }, options));
}

function section(key, panels, page) {
  const id = `section-${key}`;
  return element("section", { class: "section", "aria-labelledby": id }, element("h2", { id }, word(key)),
    key === "rolloutPage.one" ? choice("site", page.clinics) : "",
    element("div", { class: "panels" }, panels.map((panel) => panelArticle(panel, page))));
}

async function goTo(change) {
  history.pushState(null, "", addressWith(change));
  const focused = document.activeElement.id;
  await show(content);
  document.getElementById(focused)?.focus();
}

addEventListener("popstate", () => show(content));
start(content);
