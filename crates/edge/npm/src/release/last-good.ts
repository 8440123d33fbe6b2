import { hasCache } from "../shared-cache.js";
import { within } from "../within.js";
import { type Bytes, bundleKey, RELEASE_KEY, type Source } from "./source.js";

const CACHE = "footlight";
/** How long the first visitor of an isolate is kept waiting for the cache. */
const MOST_MS = 200;
/** A month. */
const HEADERS = { "cache-control": "public, max-age=2592000" };

/**
 * The last good release and its bundles in the runtime's cache: an isolate that begins while the store is lost has them
 * from there, and knows which releases are older. What is read is as little trusted as what a store says.
 */
export class LastGood implements Source {
  readonly #folder: string;

  /** `url` is one of the worker's own. */
  constructor(url: string, site: string | undefined) {
    this.#folder = `${new URL(url).origin}/.footlight/last-good/${encodeURIComponent(site ?? "")}/`;
  }

  release(): Promise<string | undefined> {
    return this.#lookUp(RELEASE_KEY, (found) => found.text());
  }

  bundle(id: string): Promise<Bytes | undefined> {
    return this.#lookUp(bundleKey(id), async (found) => new Uint8Array(await found.arrayBuffer()));
  }

  /** Keeps a release and the bundles that it names. */
  async keep(release: string, bundles: readonly { readonly id: string; readonly bytes: Bytes }[]): Promise<void> {
    if (!hasCache()) return;
    const cache = await caches.open(CACHE);
    const put = (key: string, body: string | Bytes) =>
      cache.put(this.#folder + key, new Response(body, { headers: HEADERS }));
    // The release last: what it names should be there.
    await Promise.all(bundles.map(({ id, bytes }) => put(bundleKey(id), bytes)));
    await put(RELEASE_KEY, release);
  }

  async #lookUp<T>(key: string, read: (found: Response) => Promise<T>): Promise<T | undefined> {
    if (!hasCache()) return undefined;
    const found = caches.open(CACHE).then((cache) => cache.match(this.#folder + key));
    return within(MOST_MS, found.then((response) => response && read(response)));
  }
}
