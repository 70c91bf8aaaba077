// Shows only clinics whose name, region or code holds what is typed, in the list and among the pictures alike.
import { element } from "./element.js";
import { word } from "./language.js";

export function clinicFilter() {
  const told = element("span", { class: "quiet", role: "status" });
  const input = element("input", { id: "filter", type: "search", autocomplete: "off" });
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    const places = [...document.querySelectorAll("[data-find]")];
    for (const place of places) place.hidden = !place.dataset.find.includes(wanted);
    const rows = places.filter((place) => place.matches("tr"));
    told.textContent = wanted ? word("compare.filtered", { shown: rows.filter((row) => !row.hidden).length, all: rows.length }) : "";
  });
  return element("div", { class: "filter", role: "search" }, element("label", { for: "filter" }, word("compare.filter")), input, told);
}
