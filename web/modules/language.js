// The reader's language, and the page's own words in it.
const OFFERED = { en: "en", zh: "zh-Hans" };
const STORE = "language";
let words = {};

export const language = remembered() ?? preferred();

// A browser may forbid storage; the choice then lasts as long as the page.
function remembered() {
  try {
    const code = localStorage.getItem(STORE);
    return code in OFFERED ? code : null;
  } catch {
    return null;
  }
}

function preferred() {
  const codes = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return codes.find((code) => code in OFFERED) ?? "en";
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
  location.reload();
}

export function monthName(month) {
  const format = new Intl.DateTimeFormat(OFFERED[language], { year: "numeric", month: "long", timeZone: "UTC" });
  return format.format(new Date(`${month}-01T00:00:00Z`));
}
