import { readBeginning } from "./beginning.js";
import { Chunks } from "./chunks.js";
import { json } from "./json.js";
import type { Visit } from "./visit.js";

/** Why a visitor gets what, as JSON. The page is read only as far as the decision needs it. */
export async function explain(visit: Visit, page: Response): Promise<Response> {
  if (visit.decide().readsPage && page.body) {
    const chunks = new Chunks(page.body);
    const beginning = await readBeginning(chunks, visit);
    if (beginning) visit.probe(beginning);
    const report = visit.explain();
    chunks.cancel("read as far as needed");
    return json(JSON.stringify(report));
  }
  await page.body?.cancel();
  return json(JSON.stringify(visit.explain()));
}
