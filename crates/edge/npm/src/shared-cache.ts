/**
 * Personalized pages in the runtime's own cache, one for each variant of a URL.
 *
 * INVARIANT: what stands in a page of a stage that is shared by key depends on nothing but the URL, the bundle and the
 * variant key (the compiler has proved it), and these three are the entry's name. Headers for one visitor are added when
 * a page leaves the cache and never enter it.
 */

import { within } from "./within.js";

const CACHE = "footlight";
/** Holds everything of an entry but its body, so that the runtime sees no header that it could have a view on. */
const ENTRY = "footlight-entry";
/** How long the visitor is kept waiting for the cache before the origin is asked. */
const MOST_MS = 200;

/** What is kept of a page besides its body. */
interface Entry {
  readonly headers: [string, string][];
  /** How old the page was when it was kept. */
  readonly ageSeconds: number;
  /** For how long from then on others may have it. */
  readonly seconds: number;
  readonly storedMs: number;
}

/** A page from the cache, with headers that say how old it is now. */
export interface Kept {
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array> | null;
}

/** Whether the runtime has a cache. */
export function hasCache(): boolean {
  return typeof caches !== "undefined";
}

/** The name under which the page of a variant is kept. Each part is encoded, so that no two ever make the same name. */
export function nameOf(url: string, bundle: string, variant: string): string {
  const { origin } = new URL(url);
  return `${origin}/.footlight/cache/${bundle}/${encodeURIComponent(variant)}/${encodeURIComponent(url)}`;
}

/** The page that is kept under a name, unless there is none, or its time is over, or the cache does not answer. */
export async function lookUp(name: string): Promise<Kept | undefined> {
  const found = await within(MOST_MS, caches.open(CACHE).then((cache) => cache.match(name)));
  if (!found) return undefined;
  const entry = JSON.parse(found.headers.get(ENTRY) ?? "") as Entry;
  const seconds = (Date.now() - entry.storedMs) / 1000;
  // Whatever the runtime thinks, nobody gets a page for longer than the origin said.
  if (found.status !== 200 || seconds >= entry.seconds) {
    await found.body?.cancel();
    return undefined;
  }
  const headers = new Headers(entry.headers);
  headers.set("age", String(entry.ageSeconds + Math.floor(seconds)));
  return { headers, body: found.body };
}

export async function keep(name: string, entry: Entry, body: Uint8Array<ArrayBuffer>): Promise<void> {
  const headers = { "cache-control": `public, max-age=${entry.seconds}`, [ENTRY]: JSON.stringify(entry) };
  const cache = await caches.open(CACHE);
  await cache.put(name, new Response(body, { headers }));
}
