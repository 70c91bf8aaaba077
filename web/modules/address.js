// What the address says: scope, month, chosen indicator; and addresses that keep them.
import { language } from "./language.js";

export const chosenMonth = () => new URLSearchParams(location.search).get("month");
export const chosenRule = () => new URLSearchParams(location.search).get("rule");
export const chosenChart = () => new URLSearchParams(location.search).get("chart");
export const chosenIndicator = () => new URLSearchParams(location.search).get("indicator");

// A page and its data share the path: "/sites/QS-007" is "/api/v1/sites/QS-007"; two pages have a name of their own.
export function apiPath() {
  const path = location.pathname.replace(/^\/(data\/)?|\/$/g, "");
  return `/api/v1/${{ "": "programme", data: "receipts" }[path] ?? path}`;
}

export function apiAddress() {
  const query = new URLSearchParams(location.search);
  query.delete("indicator");
  query.delete("lang");
  query.delete("rule");
  return `${apiPath()}?${query}`.replace(/\?$/, "");
}

export function addressWith(changes) {
  const address = new URL(location.href);
  for (const [key, value] of Object.entries(changes)) address.searchParams.set(key, value);
  return address.pathname + address.search;
}

// A link to another scope stays in the month that the reader chose.
export function inChosenMonth(path, anchor = "") {
  const address = new URL(path, location.origin);
  if (chosenMonth()) address.searchParams.set("month", chosenMonth());
  return address.pathname + address.search + (anchor ? `#${anchor}` : address.hash);
}

// A file opened by a link brings no header of ours: the language goes in its address.
export function inLanguage(path) {
  const address = new URL(path, location.origin);
  address.searchParams.set("lang", language);
  return address.pathname + address.search;
}
