import { type BundleFile, checkHash, nameOf, takeApart } from "./bundle-file.js";
import { Engine } from "./engine.js";
import type { Context, FootlightEnv, Keys } from "./environment.js";
import type { Fault } from "./events.js";
import { compileFacts, headersOf, type Pack } from "./facts.js";
import type { Instance } from "./instance.js";
import { type Notes, unpackNotes } from "./notes.js";
import { Refusal } from "./refusal.js";
import { checkSignature } from "./signature.js";

const LIVE_KEY = "bundle:live";
/** Which bundle is live can change at any time; the bytes under a bundle's name never do. */
const LIVE_TTL_SECONDS = 30;
const BYTES_TTL_SECONDS = 86_400;

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

/** A bundle that was read, and checked but for its body. */
interface Stored {
  readonly file: BundleFile;
  readonly notes: Notes;
}

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
  #builtIn: Bytes | undefined;
  /** What {@link live} is made of, again after a trap. */
  #stored: Stored | undefined;
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
    this.#builtIn = builtIn && new Uint8Array(builtIn as ArrayBuffer);
  }

  /** Looks for another bundle when it is time to. Only a worker that has none yet has to wait for the promise. */
  refresh(context: Context, report: Report): Promise<void> | undefined {
    if (this.#store && Date.now() - this.#refreshedAt >= this.#refreshMs) {
      this.#refreshedAt = Date.now();
      this.#refreshing = this.#refresh(report).finally(() => (this.#refreshing = undefined));
      context.waitUntil(this.#refreshing);
    }
    if (this.#stored) return undefined;
    return this.#builtIn ? this.#begin(this.#builtIn, report) : this.#refreshing;
  }

  /** The bundle in use, on a fresh instance if there was a trap. */
  live(report: Report): Live | undefined {
    if (this.#stored && this.#generation !== this.#instance.generation) {
      this.#generation = this.#instance.generation;
      this.#live = this.#load(this.#stored, report);
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

  /** Every request that comes before this is done does it for itself: a promise of another's could be lost with that. */
  async #begin(builtIn: Bytes, report: Report): Promise<void> {
    const stored = await this.#read(builtIn, [], report);
    if (!stored) this.#builtIn = undefined;
    this.#stored ??= stored;
  }

  async #take(bytes: Bytes, report: Report): Promise<void> {
    if (!this.#stored && this.#builtIn) await this.#begin(this.#builtIn, report);
    const stored = await this.#read(bytes, this.#keys.bundle, report);
    if (!stored) return;
    const before = this.live(report);
    const next = this.#load(stored, report, before?.site);
    if (!next) return;
    this.#stored = stored;
    this.#generation = this.#instance.generation;
    this.#live = next;
    this.refused = undefined;
    // Visits that began with the bundle before may still ask it.
    this.#previous?.engine.free();
    this.#previous = before;
  }

  /** Reads a bundle and checks everything but its body. */
  async #read(bytes: Bytes, keys: Keys["bundle"], report: Report): Promise<Stored | undefined> {
    try {
      const file = takeApart(bytes);
      await checkSignature(file, keys);
      await checkHash(file);
      return { file, notes: await unpackNotes(file.notes) };
    } catch (error) {
      this.#refuse(error instanceof Refusal ? error : new Refusal("malformed"), report);
      return undefined;
    }
  }

  #load({ file, notes }: Stored, report: Report, ofSite = file.site): Live | undefined {
    try {
      if (file.site !== ofSite) throw new Refusal("wrong-site");
      const engine = Engine.load(this.#instance, file.body, notes, this.#keys.cookie);
      const { facts, shares } = notes;
      return { engine, pack: compileFacts(facts), headers: headersOf(facts), shares, id: nameOf(file), site: file.site };
    } catch (error) {
      this.#refuse(error as Error, report);
      return undefined;
    }
  }

  /** Notes why a bundle is not taken; what is no refusal is a failure of the engine. */
  #refuse(error: Error, report: Report): void {
    const isRefused = error instanceof Refusal;
    const kind = isRefused ? error.name : this.#instance.giveUp(error, this.#instance.generation);
    this.refused = kind;
    report({ type: "fault", kind, message: isRefused ? error.message : String(error), bundle: this.#named });
  }
}
