import type { Chunks } from "./chunks.js";
import type { Passage } from "./rewriting.js";

/**
 * Moves the rest of a page from the origin through the engine to the visitor, after `first` came out already.
 *
 * Never more than one chunk is on its way: a slow visitor slows the origin down. A visitor who leaves stops the origin.
 * An origin that breaks off breaks the response off, so that nobody takes half a page for a whole one.
 */
export async function pump(
  chunks: Chunks,
  passage: Passage,
  first: Uint8Array | undefined,
  writable: WritableStream<Uint8Array>,
): Promise<void> {
  const writer = writable.getWriter();
  let isWriting = true;
  // Without waiting for the origin's next chunk. (To let go of the writer closes it, too.)
  writer.closed.catch((reason) => isWriting && chunks.cancel(reason));
  try {
    let ready = first;
    for (;;) {
      const written = ready?.length ? writer.write(ready) : undefined;
      if (passage.isFinished) {
        await written;
        break;
      }
      const [chunk] = await Promise.all([chunks.next(), written]);
      if (!chunk) {
        const rest = passage.end();
        if (rest.length > 0) await writer.write(rest);
        await writer.close();
        return;
      }
      ready = passage.write(chunk);
    }
  } catch (error) {
    chunks.cancel(error);
    await writer.abort(error).catch(() => {});
    return;
  }
  isWriting = false;
  writer.releaseLock();
  await chunks.pipeTo(writable).catch(() => {});
}
