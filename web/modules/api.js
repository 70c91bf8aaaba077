// Reads JSON from the server in the reader's language; a refusal becomes a Failure with a remedy.
import { language, word } from "./language.js";

export class Failure extends Error {
  constructor(message, remedy) {
    super(message);
    this.remedy = remedy;
  }
}

export const read = (address) => ask(address, {});

export const send = (address, content) =>
  ask(address, { method: "POST", body: JSON.stringify(content) }, { "Content-Type": "application/json" });

export const remove = (address) => ask(address, { method: "DELETE" });

async function ask(address, request, headers = {}) {
  const named = { Accept: "application/json", "Accept-Language": language, ...headers };
  const answer = await fetch(address, { ...request, headers: named }).catch(() => null);
  if (!answer) throw new Failure(word("unreachable.message"), word("unreachable.remedy"));
  const body = await answer.json().catch(() => null);
  if (answer.ok && body) return body;
  const { message, remedy } = body?.error ?? {};
  throw new Failure(message ?? word("failed.message"), remedy ?? word("failed.remedy", { detail: `HTTP ${answer.status}` }));
}
