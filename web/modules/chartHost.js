// The place of a chart: keeps its height, draws when it comes into view, and again when its width changes.
import { drawChart } from "./chart.js";
import { element } from "./element.js";
import { word } from "./language.js";

const drawings = new WeakMap();
const views = new IntersectionObserver(seen, { rootMargin: "300px" });
const sizes = new ResizeObserver(resized);
const REDRAW_AFTER_MS = 150;

// Nothing is drawn to the width of paper: what was to be drawn while a page was printed is drawn after.
const paper = matchMedia("print");
const leftForScreen = new Set();
paper.addEventListener("change", () => {
  for (const host of paper.matches ? [] : leftForScreen) draw(host);
  if (!paper.matches) leftForScreen.clear();
});

export function chartHost(panel, page, sentenceId) {
  const host = element("div", { class: "chart", role: "img", "aria-labelledby": sentenceId, "data-chart": panel.chart, "data-events": hasEvents(page) });
  drawings.set(host, { panel, page, width: 0 });
  views.observe(host);
  whenIdle(() => draw(host));
  return host;
}

// Draws a chart again because something else is to be shown on it.
export function redraw(host) {
  const state = drawings.get(host);
  state.width = 0;
  draw(host);
}

// Their flags stand above the plots of the whole page, see chart.js.
const hasEvents = (page) => Boolean(page.panels?.some((panel) => panel.events?.length));

// Everything in view first; the rest when nothing else is to be done, so that print and find have it.
const whenIdle = globalThis.requestIdleCallback ?? ((task) => setTimeout(task, 1500));

function seen(entries) {
  for (const { isIntersecting, target } of entries) if (isIntersecting) draw(target);
}

function resized(entries) {
  for (const { target } of entries) {
    const state = drawings.get(target);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => draw(target), REDRAW_AFTER_MS);
  }
}

// One drawing after the other: of two at once, the one for the older width could end last.
function draw(host) {
  const state = drawings.get(host);
  state.drawing = (state.drawing ?? Promise.resolve()).then(() => drawNow(host, state));
}

async function drawNow(host, state) {
  const width = Math.floor(host.clientWidth);
  if (paper.matches) leftForScreen.add(host);
  if (!width || width === state.width || paper.matches) return;
  state.width = width;
  views.unobserve(host);
  try {
    state.view?.finalize();
    state.view = await drawChart(host, state.panel, state.page, width);
    sizes.observe(host);
  } catch (failure) {
    console.error(failure);
    host.replaceChildren(element("p", { class: "quiet" }, word("chartFailed")));
  }
}
