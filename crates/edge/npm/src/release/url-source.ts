import { answered, type Bytes, bundleKey, RELEASE_KEY, type Source } from "./source.js";

/** A longer release or bundle is none. */
const MOST_RELEASE_BYTES = 65_536;
const MOST_BUNDLE_BYTES = 16 << 20;
const MOST_RELEASE_MS = 5_000;
const MOST_BUNDLE_MS = 20_000;

/** Where only this machine can be the store, plain HTTP is as good. */
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/** A folder behind an HTTPS URL: a bucket of an S3-compatible store, or any web server. */
export class UrlSource implements Source {
  readonly #base: URL;
  /** The release that was read last, under the name that the server gave it. */
  #known: { readonly etag: string; readonly text: string } | undefined;

  /** Throws for a URL that cannot be one of a store: a worker that is set up wrongly should be noticed. */
  constructor(url: string) {
    const base = URL.canParse(url) ? new URL(url) : undefined;
    const isSafe = base?.protocol === "https:" || (base?.protocol === "http:" && LOOPBACK.includes(base.hostname));
    if (!base || !isSafe) throw new TypeError("FOOTLIGHT_BUNDLES must be the HTTPS URL of a folder");
    if (!base.pathname.endsWith("/")) base.pathname += "/";
    this.#base = base;
  }

  release(): Promise<string | undefined> {
    const known = this.#known;
    // A cache on the way may keep what it likes, but has to ask whether it is still that.
    const headers = { "cache-control": "no-cache", ...(known && { "if-none-match": known.etag }) };
    return this.#ask(RELEASE_KEY, headers, MOST_RELEASE_MS, async (response) => {
      if (response.status === 304 && known) return known.text;
      this.#known = undefined;
      const bytes = await read(response, MOST_RELEASE_BYTES);
      if (!bytes) return undefined;
      const text = new TextDecoder().decode(bytes);
      const etag = response.headers.get("etag");
      if (etag !== null) this.#known = { etag, text };
      return text;
    });
  }

  bundle(id: string): Promise<Bytes | undefined> {
    return this.#ask(bundleKey(id), {}, MOST_BUNDLE_MS, (response) => read(response, MOST_BUNDLE_BYTES));
  }

  async #ask<T>(
    key: string,
    headers: Record<string, string>,
    ms: number,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const asked = new AbortController();
    try {
      return await answered(ms, fetch(new URL(key, this.#base), { headers, signal: asked.signal }).then(read));
    } finally {
      // Whatever is still under way, nobody waits for it any more.
      asked.abort();
    }
  }
}

/** The body; undefined when there is nothing of this name. Throws for all other answers. */
async function read(response: Response, mostBytes: number): Promise<Bytes | undefined> {
  const { status } = response;
  if (status === 404 || status === 410) return undefined;
  if (status !== 200) throw new Error(`the store answered with status ${status}`);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const part of (response.body ?? []) as unknown as AsyncIterable<Bytes>) {
    parts.push(part);
    length += part.length;
    if (length > mostBytes) throw new Error(`the store answered with more than ${mostBytes} bytes`);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
