import type { KeyValueStore } from "../environment.js";
import { answered, type Bytes, bundleKey, RELEASE_KEY, type Source } from "./source.js";

/** The least that Workers KV takes: for so long after a push, a data centre may still read what was there before. */
const RELEASE_TTL_SECONDS = 30;
const MOST_MS = 10_000;

/** A Workers KV namespace. */
export class KvSource implements Source {
  readonly #store: KeyValueStore;

  constructor(store: KeyValueStore) {
    this.#store = store;
  }

  async release(): Promise<string | undefined> {
    const text = this.#store.get(RELEASE_KEY, { type: "text", cacheTtl: RELEASE_TTL_SECONDS });
    return (await answered(MOST_MS, text)) ?? undefined;
  }

  /** Without a lifetime of its own: KV remembers as long that there was nothing under a key. */
  async bundle(id: string): Promise<Bytes | undefined> {
    const bytes = await answered(MOST_MS, this.#store.get(bundleKey(id), { type: "arrayBuffer" }));
    return bytes ? new Uint8Array(bytes) : undefined;
  }
}
