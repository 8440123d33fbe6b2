import type { Context, FootlightEnv, Keys } from "./environment.js";
import type { Fault } from "./events.js";
import { compileFacts, headersOf, type Pack } from "./facts.js";
import { Engine, type Instance } from "./instance.js";
import { refusal } from "./signature.js";

const LIVE_KEY = "bundle:live";
/** Which bundle is live can change at any time; the bytes under a bundle's name never do. */
const LIVE_TTL_SECONDS = 30;
const BYTES_TTL_SECONDS = 86_400;

/** Why the engine refuses bundles, by the names of `BundleError` in `footlight-core`, in words for people. */
const REFUSALS: Record<string, string> = {
  "not-a-bundle": "this is not a bundle",
  "other-version": "the bundle has another format version than this release reads",
  truncated: "the bundle is cut short",
  "trailing-bytes": "there are bytes behind the end of the bundle",
  "too-large": "the bundle is larger than a bundle may be",
  altered: "the bundle was altered after it was compiled",
  "wrong-site": "the bundle is for another site",
  malformed: "the bundle's body cannot be decoded",
  unsound: "the bundle's body says something impossible",
  "bad-selector": "the bundle's selectors are compiled for another release",
};

/** A bundle that decides. */
export interface Live {
  readonly engine: Engine;
  readonly pack: Pack;
  /** The names of the request's headers that decisions depend on. */
  readonly headers: readonly string[];
  /** Whether there are stages whose pages visitors share. */
  readonly shares: boolean;
  /** The bundle's name. */
  readonly id: string;
  readonly site: string;
}

type Bytes = Uint8Array<ArrayBuffer>;
type Report = (fault: Fault) => void;

/**
 * The bundle in use: the built-in one until the store has another, looked for in the background. A bundle that is
 * refused changes nothing.
 */
export class Bundles {
  /** Why the bundle that should be live is refused. */
  refused: string | undefined;
  readonly #instance: Instance;
  readonly #keys: Keys;
  readonly #store: FootlightEnv["FOOTLIGHT"];
  readonly #refreshMs: number;
  #bytes: Bytes | undefined;
  #live: Live | undefined;
  #previous: Live | undefined;
  #generation = -1;
  /** The name that the store said last, taken or refused. */
  #named: string | undefined;
  #refreshedAt = -Infinity;
  #refreshing: Promise<void> | undefined;

  constructor(
    instance: Instance,
    keys: Keys,
    store: FootlightEnv["FOOTLIGHT"],
    builtIn: ArrayBuffer | Uint8Array | undefined,
    refreshMs: number,
  ) {
    this.#instance = instance;
    this.#keys = keys;
    this.#store = store;
    this.#refreshMs = refreshMs;
    this.#bytes = builtIn && new Uint8Array(builtIn as ArrayBuffer);
  }

  /** Looks for another bundle when it is time to. Only a worker that has none at all has to wait for the promise. */
  refresh(context: Context, report: Report): Promise<void> | undefined {
    if (this.#store && Date.now() - this.#refreshedAt >= this.#refreshMs) {
      this.#refreshedAt = Date.now();
      this.#refreshing = this.#refresh(report).finally(() => (this.#refreshing = undefined));
      context.waitUntil(this.#refreshing);
    }
    return this.#bytes ? undefined : this.#refreshing;
  }

  /** The bundle in use, on a fresh instance if there was a trap. */
  live(report: Report): Live | undefined {
    if (this.#generation !== this.#instance.generation) {
      this.#generation = this.#instance.generation;
      this.#live = this.#bytes && this.#load(this.#bytes, report);
      this.#previous = undefined;
    }
    return this.#live;
  }

  async #refresh(report: Report): Promise<void> {
    try {
      const name = (await this.#store?.get(LIVE_KEY, { type: "text", cacheTtl: LIVE_TTL_SECONDS }))?.trim();
      if (!name || name === this.#named) return;
      if (name === this.#live?.id) {
        this.#named = name;
        this.refused = undefined;
        return;
      }
      const stored = await this.#store?.get(`bundle:${name}`, { type: "arrayBuffer", cacheTtl: BYTES_TTL_SECONDS });
      // Written under its name but not readable everywhere yet: the next refresh asks again.
      if (!stored) return;
      this.#named = name;
      await this.#take(new Uint8Array(stored), report);
    } catch (error) {
      report({ type: "fault", kind: "store", message: String(error), bundle: this.#live?.id });
    }
  }

  async #take(bytes: Bytes, report: Report): Promise<void> {
    const reason = await refusal(bytes, this.#keys.bundle);
    if (reason) {
      this.refused = reason;
      report({ type: "fault", kind: reason, message: "the bundle's signature is not accepted", bundle: this.#named });
      return;
    }
    const before = this.live(report);
    const next = this.#load(bytes, report, before?.site);
    if (!next) return;
    this.#bytes = bytes;
    this.#live = next;
    this.refused = undefined;
    // Visits that began with the bundle before may still ask it.
    this.#previous?.engine.free();
    this.#previous = before;
  }

  #load(bytes: Bytes, report: Report, site = ""): Live | undefined {
    try {
      const engine = new Engine(bytes, site, this.#keys.cookie);
      const facts = engine.facts();
      return {
        engine,
        pack: compileFacts(facts),
        headers: headersOf(facts),
        shares: engine.shares(),
        id: engine.id(),
        site: engine.site(),
      };
    } catch (error) {
      // The engine names what is wrong with a bundle; everything else is a failure of its own.
      const message = REFUSALS[(error as Error).name];
      const kind = message ? (error as Error).name : this.#instance.giveUp(error, this.#instance.generation);
      this.refused = kind;
      report({ type: "fault", kind, message: message ?? String(error), bundle: this.#named });
      return undefined;
    }
  }
}
