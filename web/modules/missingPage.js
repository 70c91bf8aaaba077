// An address without a page: says so, and where to start.
import { Failure } from "./api.js";
import { word } from "./language.js";
import { start } from "./start.js";

start(async () => { throw new Failure(word("missing.title"), word("missing.remedy")); });
