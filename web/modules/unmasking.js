// Asks why the arms are to be uncovered, and uncovers them.
import { send } from "./api.js";
import { element } from "./element.js";
import { word } from "./language.js";

export function unmaskingForm(trial, done) {
  const reason = element("input", { id: "reason", name: "reason", type: "text", required: "", minlength: "10", maxlength: "500", autocomplete: "off" });
  const said = element("p", { role: "status" });
  return element("form", { class: "unmasking", onsubmit: ask },
    element("label", { for: "reason" }, word("trial.reason")), reason, element("button", { type: "submit" }, word("trial.unmask")), said);

  async function ask(event) {
    event.preventDefault();
    try {
      await send(`/api/v1/trials/${encodeURIComponent(trial)}/unmasking`, { reason: reason.value });
      done();
    } catch ({ message, remedy }) {
      said.textContent = [message, remedy].join(" ");
    }
  }
}
