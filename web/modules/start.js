// Starts a page: words, masthead, then its own content; whatever fails is said on the page.
import { Failure } from "./api.js";
import { element } from "./element.js";
import { loadWords, word } from "./language.js";
import { buildMasthead } from "./masthead.js";
import { preparePrinting } from "./printing.js";

const main = document.getElementById("main");
let turns = 0;

export async function start(content) {
  await loadWords();
  buildMasthead();
  preparePrinting();
  await show(content);
  // The place that the address names did not exist when the browser looked for it.
  if (location.hash) location.replace(location.hash);
}

// Of two requests under way only the later one is shown.
export async function show(content) {
  const turn = ++turns;
  main.setAttribute("aria-busy", "true");
  const shown = await content().catch((failure) => [failureNotice(failure)]);
  if (turn !== turns) return;
  main.replaceChildren(...shown);
  main.removeAttribute("aria-busy");
}

function failureNotice(failure) {
  const known = failure instanceof Failure;
  if (!known) console.error(failure);
  const remedy = known ? failure.remedy : word("failed.remedy", { detail: String(failure) });
  return element("div", { class: "failure", role: "alert" },
    element("h1", {}, known ? failure.message : word("failed.message")), element("p", { class: "lead" }, remedy));
}
