import { readBeginning } from "./beginning.js";
import { Chunks } from "./chunks.js";
import { json } from "./json.js";
import type { Visit } from "./visit.js";

/** Why a visitor gets what, as JSON. The page is read only as far as the decision needs it. */
export async function explain(visit: Visit, page: Response): Promise<Response> {
  if (visit.decide().readsPage && page.body) {
    const chunks = new Chunks(page.body);
    const { bytes, error } = await readBeginning(chunks, visit);
    if (error) throw error;
    if (bytes) visit.probe(bytes);
    const report = visit.explain();
    chunks.cancel("read as far as needed");
    return json(JSON.stringify(report));
  }
  await page.body?.cancel();
  return json(JSON.stringify(visit.explain()));
}
