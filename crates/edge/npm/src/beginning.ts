import type { Chunks } from "./chunks.js";
import type { Visit } from "./visit.js";

/** How far into a page its facts are looked for. */
const MOST_BYTES = 65_536;
/** How long the visitor may be kept waiting for them beyond the first bytes. */
const MOST_MS = 50;

/** What was read of a page. */
interface Beginning {
  readonly bytes: Uint8Array | undefined;
  /** What failed in the engine meanwhile, if something did; what fails in the page itself is thrown. */
  readonly error?: unknown;
}

/**
 * Reads as much of a page as the stage's rules need to know of it: until everything was found, but not far and not for
 * long. What is not found by then is unknown.
 */
export async function readBeginning(chunks: Chunks, visit: Visit): Promise<Beginning> {
  let beginning = await chunks.next();
  const deadline = Date.now() + MOST_MS;
  while (beginning && beginning.length < MOST_BYTES) {
    try {
      if (visit.probe(beginning)) break;
    } catch (error) {
      return { bytes: beginning, error };
    }
    // The chunk's memory is used again for the next one.
    beginning = beginning.slice();
    if (!(await chunks.isReadyWithin(deadline - Date.now()))) break;
    const more = await chunks.next();
    if (!more) break;
    const joined: Uint8Array = new Uint8Array(beginning.length + more.length);
    joined.set(beginning);
    joined.set(more, beginning.length);
    beginning = joined;
  }
  return { bytes: beginning };
}
