// Finds a clinic by name or code and goes to its page.
import { inChosenMonth } from "./address.js";
import { element } from "./element.js";
import { word } from "./language.js";

export function clinicSearch(sites) {
  const input = element("input", { id: "clinic", type: "search", list: "clinics", autocomplete: "off" });
  const go = (site) => { if (site) location.assign(inChosenMonth(site.url)); };
  // Choosing from the list goes at once; typing waits for Enter.
  input.addEventListener("input", (event) => {
    input.setCustomValidity("");
    if (event.inputType !== "insertText") go(sites.find((site) => label(site) === input.value));
  });
  const submit = (event) => {
    event.preventDefault();
    const found = firstMatch(sites, input.value);
    input.setCustomValidity(found ? "" : word("clinicUnknown"));
    input.reportValidity();
    go(found);
  };
  return element("form", { role: "search", novalidate: true, onsubmit: submit },
    element("label", { for: "clinic" }, word("findClinic")), input,
    element("datalist", { id: "clinics" }, sites.map((site) => element("option", { value: label(site) }))),
    element("button", {}, word("find")));
}

const label = (site) => `${site.name} · ${site.regionName} · ${site.code}`;

function firstMatch(sites, text) {
  const wanted = text.trim().toLowerCase();
  return wanted && sites.find((site) => label(site).toLowerCase().includes(wanted));
}
