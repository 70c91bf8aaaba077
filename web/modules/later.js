// A part of a page that is fetched when it comes into view, or at once where the address names a place in it.
import { element } from "./element.js";
import { word } from "./language.js";
import { whenSeen } from "./whenSeen.js";

export function later(content, isWanted = false) {
  const place = element("div", { class: "later", "aria-busy": "true" }, element("p", { class: "quiet" }, word("loading")));
  let turns = 0;
  // Of two requests under way only the later one is shown.
  const fill = async () => {
    const turn = ++turns;
    const shown = await content().catch((failure) => [element("p", { role: "alert" }, failure.message)]);
    if (turn !== turns) return;
    place.replaceChildren(...shown);
    place.removeAttribute("aria-busy");
  };
  if (isWanted) fill().then(() => document.getElementById(location.hash.slice(1))?.scrollIntoView());
  else whenSeen(place, fill);
  return { place, fill };
}
