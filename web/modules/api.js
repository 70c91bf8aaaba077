// Reads JSON from the server in the reader's language; a refusal becomes a Failure with a remedy.
import { language, word } from "./language.js";

export class Failure extends Error {
  constructor(message, remedy) {
    super(message);
    this.remedy = remedy;
  }
}

export async function read(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json", "Accept-Language": language } }).catch(() => null);
  if (!answer) throw new Failure(word("unreachable.message"), word("unreachable.remedy"));
  const body = await answer.json().catch(() => null);
  if (answer.ok && body) return body;
  const { message, remedy } = body?.error ?? {};
  throw new Failure(message ?? word("failed.message"), remedy ?? word("failed.remedy", { detail: `HTTP ${answer.status}` }));
}
