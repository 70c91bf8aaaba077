// Chooses the month: earlier, a list, later.
import { element } from "./element.js";
import { monthName, word } from "./language.js";

export function monthChoice({ month, months }, goToMonth) {
  const at = months.indexOf(month);
  const newestFirst = [...months].reverse();
  const options = newestFirst.map((each) => element("option", { value: each, selected: each === month }, monthName(each)));
  return element("div", { class: "month" },
    element("label", { for: "month" }, word("month")),
    step("earlierMonth", "‹", months[at - 1], goToMonth),
    element("select", { id: "month", onchange: (event) => goToMonth(event.target.value) }, options),
    step("laterMonth", "›", months[at + 1], goToMonth));
}

function step(key, sign, month, goToMonth) {
  const label = word(key);
  const go = () => goToMonth(month);
  return element("button", { type: "button", id: key, "aria-label": label, title: label, disabled: !month, onclick: go }, sign);
}
