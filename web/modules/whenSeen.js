// Draws a thing when it comes into view, and all that is left before the page is printed.
const waiting = new Map();
const views = new IntersectionObserver(seen, { rootMargin: "400px" });

export function whenSeen(node, draw) {
  waiting.set(node, draw);
  views.observe(node);
}

function seen(entries) {
  for (const { isIntersecting, target } of entries) if (isIntersecting) drawNow(target);
}

function drawNow(node) {
  const draw = waiting.get(node);
  waiting.delete(node);
  views.unobserve(node);
  draw?.();
}

addEventListener("beforeprint", () => {
  for (const node of [...waiting.keys()]) if (node.isConnected) drawNow(node);
});
