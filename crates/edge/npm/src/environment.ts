import { decodeBase64 } from "./encoding.js";

/** What the worker finds in its environment: bindings and variables of `wrangler.toml`. All are optional. */
export interface FootlightEnv {
  /** The store of releases and bundles, which `footlight push` fills. */
  FOOTLIGHT?: KeyValueStore;
  /** The store, where it is elsewhere: the HTTPS URL of a folder, such as a bucket's. */
  FOOTLIGHT_BUNDLES?: string;
  /** How often the store is asked for another release, in seconds; 30 if not set. */
  FOOTLIGHT_REFRESH_SECONDS?: string;
  /** The only site whose releases are taken; the built-in bundle's if not set. */
  FOOTLIGHT_SITE?: string;
  /** The shop behind the worker; without it, requests go on to where they were going. */
  ORIGIN?: Origin;
  /** Where exposures and faults are counted. */
  FOOTLIGHT_EVENTS?: EventDataset;
  /** Ed25519 public keys, base64url, comma separated. Of a store, only what one of them signed is taken. */
  FOOTLIGHT_PUBLIC_KEYS?: string;
  /** Secret keys of the profile cookie, 32 bytes each, base64url, comma separated: the current one, then older ones. */
  FOOTLIGHT_COOKIE_KEYS?: string;
  /** Secret key of preview tokens, base64url. Without it there are no previews. */
  FOOTLIGHT_PREVIEW_KEY?: string;
}

/** A service binding, or the URL of the shop. */
export type Origin = string | { fetch(request: Request): Promise<Response> };

/** The part of a Workers KV namespace that is used. */
export interface KeyValueStore {
  get(key: string, options: { type: "text"; cacheTtl?: number }): Promise<string | null>;
  get(key: string, options: { type: "arrayBuffer"; cacheTtl?: number }): Promise<ArrayBuffer | null>;
}

/** The part of an Analytics Engine dataset that is used. */
export interface EventDataset {
  writeDataPoint(point: { indexes?: string[]; blobs?: string[]; doubles?: number[] }): void;
}

/** The part of the runtime's execution context that is used. */
export interface Context {
  waitUntil(promise: Promise<unknown>): void;
}

/** Secrets and keys, decoded. */
export interface Keys {
  /** Keys of the profile cookie, joined. */
  readonly cookie: Uint8Array<ArrayBuffer>;
  /** Public keys that releases and bundles may be signed with. */
  readonly bundle: readonly Uint8Array<ArrayBuffer>[];
  readonly preview: Uint8Array<ArrayBuffer> | undefined;
}

const COOKIE_KEY_BYTES = 32;
const PUBLIC_KEY_BYTES = 32;

/** Decodes the keys of an environment; one that is no key makes the worker refuse to start, so that it is noticed. */
export function readKeys(env: FootlightEnv): Keys {
  const cookie = decodeList("FOOTLIGHT_COOKIE_KEYS", env.FOOTLIGHT_COOKIE_KEYS, COOKIE_KEY_BYTES);
  const joined = new Uint8Array(cookie.length * COOKIE_KEY_BYTES);
  cookie.forEach((key, index) => joined.set(key, index * COOKIE_KEY_BYTES));
  return {
    cookie: joined,
    bundle: decodeList("FOOTLIGHT_PUBLIC_KEYS", env.FOOTLIGHT_PUBLIC_KEYS, PUBLIC_KEY_BYTES),
    preview: decodeList("FOOTLIGHT_PREVIEW_KEY", env.FOOTLIGHT_PREVIEW_KEY)[0],
  };
}

const REFRESH_SECONDS = 30;

/** How often the store is asked for another release, in milliseconds. Throws for what is no number, as for keys. */
export function readRefreshMs(seconds: number | string = REFRESH_SECONDS): number {
  const number = seconds === "" ? REFRESH_SECONDS : Number(seconds);
  if (!(number >= 0)) throw new TypeError("FOOTLIGHT_REFRESH_SECONDS must be a number of seconds");
  return number * 1000;
}

function decodeList(name: string, list: string | undefined, bytes?: number): Uint8Array<ArrayBuffer>[] {
  const words = (list ?? "").split(",").map((word) => word.trim()).filter(Boolean);
  return words.map((word) => {
    const key = decodeBase64(word);
    if (!key || (bytes !== undefined && key.length !== bytes)) {
      throw new TypeError(`${name} holds something that is no key: expected ${bytes ?? "some"} bytes in base64url`);
    }
    return key;
  });
}
