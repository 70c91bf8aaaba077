// Asks why the arms are to be uncovered, and uncovers them; hides them again.
import { remove, send } from "./api.js";
import { element } from "./element.js";
import { word } from "./language.js";

const address = (trial) => `/api/v1/trials/${encodeURIComponent(trial)}/unmasking`;

// What is wrong with a reason is said by the server, in the reader's language, and not by the browser in its own.
export function unmaskingForm(trial, done) {
  const said = element("p", { role: "status", id: "refusal" });
  const reason = element("input", { id: "reason", name: "reason", type: "text", required: "", maxlength: "500", autocomplete: "off", "aria-describedby": "refusal" });
  return element("form", { class: "unmasking", novalidate: "", onsubmit: ask },
    element("label", { for: "reason" }, word("trial.reason")), reason, element("button", { type: "submit" }, word("trial.unmask")), said);

  async function ask(event) {
    event.preventDefault();
    if (await did(() => send(address(trial), { reason: reason.value }), said)) return done();
    reason.setAttribute("aria-invalid", "true");
    reason.focus();
  }
}

export function maskingButton(trial, done) {
  const said = element("p", { role: "status" });
  const hide = async () => (await did(() => remove(address(trial)), said)) && done();
  return [element("button", { type: "button", onclick: hide }, word("trial.mask")), said];
}

async function did(act, said) {
  try {
    await act();
    return true;
  } catch ({ message, remedy }) {
    said.textContent = [message, remedy].join(" ");
    return false;
  }
}
