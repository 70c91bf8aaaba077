// A trial: what it can tell, whether the intervention worked, how much of it arrived, who took part.
import { addressWith, apiAddress } from "./address.js";
import { read } from "./api.js";
import { element } from "./element.js";
import { word } from "./language.js";
import { panelArticle } from "./panel.js";
import { start, show } from "./start.js";
import { closePage, noticesOf } from "./surroundings.js";
import { trialFlow } from "./trialFlow.js";
import { maskingButton, unmaskingForm } from "./unmasking.js";

const SECTIONS = [
  ["trial.capacity", ["capacity"]], ["trial.result", ["effect", "sensitivity", "course", "outcomes"]],
  ["trial.clinicByClinic", ["clinics"]], ["trial.people", ["delivery", "flow"]], ["trial.planned", ["plan"]],
];

async function content() {
  const page = await read(apiAddress());
  closePage(page, `${page.title}, ${page.scope.name}`);
  const panels = new Map(page.panels.map((panel) => [panel.id, panel]));
  const sections = SECTIONS.map(([key, names]) => [key, names.map((name) => panels.get(name)).filter(Boolean)]);
  return [...noticesOf(page), head(page), masking(page),
    ...sections.filter(([, own]) => own.length).map(([key, own]) => section(key, own, page))];
}

function head({ scope, sentence, outcomes }) {
  const options = outcomes.map(({ code, name, shown }) => element("option", { value: code, selected: shown ? "" : null }, name));
  return element("header", { class: "head" },
    element("nav", { "aria-label": word("above"), class: "above" }, scope.parents.map(({ name, url }) => element("a", { href: url }, name))),
    element("h1", {}, scope.name), element("p", { class: "lead" }, sentence),
    element("p", {}, element("label", { for: "outcome" }, word("trial.outcome")), " ",
      element("select", { id: "outcome", onchange: ({ target }) => goTo({ outcome: target.value }) }, options)));
}

function masking({ masking: { text, looksText, isMasked, mayUnmask }, scope }) {
  const again = () => show(content).then(() => document.getElementById("masking").focus());
  return element("aside", { class: isMasked ? "masking" : "masking open", id: "masking", tabindex: "-1", "aria-label": word("trial.masking") },
    element("p", {}, text), element("p", { class: "quiet" }, looksText),
    mayUnmask ? (isMasked ? unmaskingForm : maskingButton)(scope.code, again) : "");
}

function section(key, panels, page) {
  const id = `section-${key}`;
  const articles = panels.map((panel) => (panel.kind === "consort" ? trialFlow(panel, page) : panelArticle(panel, page)));
  return element("section", { class: "section", "aria-labelledby": id },
    element("h2", { id }, word(key)), element("div", { class: "panels" }, articles));
}

async function goTo(change) {
  history.pushState(null, "", addressWith(change));
  const focused = document.activeElement.id;
  await show(content);
  document.getElementById(focused)?.focus();
}

addEventListener("popstate", () => show(content));
start(content);
