// What each number means: a card for each indicator.
import { apiAddress } from "./address.js";
import { read } from "./api.js";
import { element } from "./element.js";
import { word } from "./language.js";
import { start } from "./start.js";
import { closePage, noticesOf } from "./surroundings.js";

const FACTS = ["formula", "numerator", "denominator", "unit", "caveat", "not", "source"];

function card(definition) {
  const known = FACTS.filter((key) => definition[key]);
  const facts = known.map((key) => [element("dt", {}, word(`card.${key}`)), element("dd", {}, definition[key])]);
  return element("article", { id: definition.id },
    element("h2", {}, definition.name), element("p", {}, definition.plain),
    element("dl", { class: "record" }, facts,
      element("dt", {}, word("card.version")), element("dd", {}, word("versionInForce", definition))),
    earlier(definition.versions.slice(1)));
}

// What an older figure followed stays readable.
function earlier(versions) {
  if (!versions.length) return null;
  const items = versions.map((version) => element("li", {}, `${word("versionInForce", version)} ${version.formula}`));
  return element("details", {}, element("summary", {}, word("card.earlier")), element("ul", {}, items));
}

start(async () => {
  const page = await read(apiAddress());
  closePage(page, page.title);
  const contents = page.cards.map(({ id, name }) => element("li", {}, element("a", { href: `#${id}` }, name)));
  return [...noticesOf(page),
    element("h1", {}, page.title), element("p", { class: "lead" }, page.sentence),
    element("nav", { "aria-label": page.title }, element("ul", { class: "contents" }, contents)),
    element("div", { class: "cards" }, page.cards.map(card))];
});
