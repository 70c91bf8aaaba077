// The reader's language, and the page's own words in it.
const OFFERED = { en: "en", zh: "zh-Hans" };
const STORE = "language";
let words = {};

export const language = chosen() ?? preferred();

// An address may name a language, as a link in a mail does; from then on it is the reader's.
// A browser may forbid storage; a choice then lasts as long as the page.
function chosen() {
  const asked = new URLSearchParams(location.search).get("lang");
  try {
    if (isOffered(asked)) localStorage.setItem(STORE, asked);
    const code = localStorage.getItem(STORE);
    return isOffered(code) ? code : null;
  } catch {
    return isOffered(asked) ? asked : null;
  }
}

function isOffered(code) {
  return Object.hasOwn(OFFERED, code ?? "");
}

function preferred() {
  const codes = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return codes.find(isOffered) ?? "en";
}

export async function loadWords() {
  document.documentElement.lang = OFFERED[language];
  const answer = await fetch(`/words/${language}/page.json`).catch(() => null);
  if (answer?.ok) words = await answer.json();
}

export function word(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export function switchLanguage() {
  localStorage.setItem(STORE, language === "en" ? "zh" : "en");
  const address = new URL(location.href);
  address.searchParams.delete("lang");
  history.replaceState(null, "", address);
  location.reload();
}

export function monthName(month) {
  const format = new Intl.DateTimeFormat(OFFERED[language], { year: "numeric", month: "long", timeZone: "UTC" });
  return format.format(new Date(`${month}-01T00:00:00Z`));
}
