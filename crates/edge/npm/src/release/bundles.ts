import type { Context, FootlightEnv, Keys } from "../environment.js";
import type { Fault } from "../events.js";
import type { Instance } from "../instance.js";
import { Refusal } from "../refusal.js";
import { within } from "../within.js";
import { openEnvelope } from "./envelope.js";
import { LastGood } from "./last-good.js";
import { Loaded, readBundle, readSigned } from "./loaded.js";
import { type Prepared, prepare } from "./prepare.js";
import { readRelease, type Release } from "./release.js";
import { type Asking, serve, type Served, serveLive } from "./serving.js";
import { bundlesOf, isPartial, Shelf } from "./shelf.js";
import { type Bytes, type Source, sourceOf } from "./source.js";

/** How long the first visitors of a worker that has no bundle yet wait for the store. */
const MOST_FIRST_MS = 2_000;
/** A look at the store that takes longer was lost with the request that began it. */
const MOST_LOOK_MS = 60_000;

type Report = (fault: Fault) => void;
type Refuse = (error: Error, bundle: string | undefined, isCanary?: boolean) => void;

/**
 * The bundles in use: the built-in one until the store has a release, looked for in the background. A release takes over
 * when all that it names is there and loads, at once and as a whole. What is refused changes nothing.
 */
export class Bundles {
  /** Why what should be live is refused. */
  refused: string | undefined;
  readonly #instance: Instance;
  readonly #keys: Keys;
  readonly #source: Source | undefined;
  readonly #onlySite: string | undefined;
  readonly #refreshMs: number;
  readonly #shelf = new Shelf();
  #builtIn: Bytes | undefined;
  #isBegun = false;
  /** What the store said last, once looking at it again cannot change anything. */
  #settled: string | undefined;
  /** What the store says at present, and the faults of it that were reported. */
  #considered = { text: "", told: new Set<string>() };
  #lookedAt = -Infinity;
  #looking: Promise<void> | undefined;

  constructor(
    instance: Instance,
    keys: Keys,
    env: FootlightEnv,
    builtIn: ArrayBuffer | Uint8Array | undefined,
    refreshMs: number,
  ) {
    this.#instance = instance;
    this.#keys = keys;
    this.#source = sourceOf(env);
    this.#onlySite = env.FOOTLIGHT_SITE || undefined;
    this.#refreshMs = refreshMs;
    this.#builtIn = builtIn && new Uint8Array(builtIn as ArrayBuffer);
  }

  /** Looks for another release when it is time to. Only a worker's first requests have to wait for the promise. */
  refresh(url: string, context: Context, report: Report): Promise<void> | undefined {
    const begun = this.#isBegun ? undefined : this.#begin(url, report);
    if (this.#isDue()) {
      this.#lookedAt = Date.now();
      const looking = this.#look(url, begun, report).finally(() => {
        if (this.#looking === looking) this.#looking = undefined;
      });
      this.#looking = looking;
      context.waitUntil(looking);
    }
    return this.#isBegun && this.#shelf.current ? undefined : this.#wait(begun);
  }

  /** What everybody is served by who is not in a canary. */
  live(report: Report): Served | undefined {
    return serveLive(this.#shelf.current, this.#refusing(report));
  }

  /** What the visitor is served by who asks. */
  servedTo(asking: Asking, report: Report): Served | undefined {
    return serve(this.#shelf.current, asking, this.#instance, this.#refusing(report), report);
  }

  get #hasKeys(): boolean {
    return this.#keys.bundle.length > 0;
  }

  #isDue(): boolean {
    if (!this.#source || !this.#hasKeys) return false;
    const passedMs = Date.now() - this.#lookedAt;
    return passedMs >= (this.#looking ? Math.max(this.#refreshMs, MOST_LOOK_MS) : this.#refreshMs);
  }

  async #wait(begun: Promise<void> | undefined): Promise<void> {
    await begun;
    if (!this.#shelf.current && this.#looking) await within(MOST_FIRST_MS, this.#looking);
  }

  /** Every request that comes before this is done does it for itself: a promise of another's could be lost with that. */
  async #begin(url: string, report: Report): Promise<void> {
    const refuse = this.#refusing(report);
    if (this.#builtIn && !this.#shelf.builtIn) {
      try {
        const stored = await readBundle(this.#builtIn);
        this.#shelf.builtIn ??= new Loaded(stored, this.#instance, this.#keys.cookie);
      } catch (error) {
        this.#builtIn = undefined;
        refuse(error as Error, undefined);
      }
    }
    if (this.#source && this.#hasKeys) await this.#recall(url, report);
    else if (this.#source && !this.#isBegun) refuse(new Refusal("no-keys"), undefined);
    this.#shelf.begin();
    this.#isBegun = true;
  }

  /** Takes what was live in this place before this isolate began. */
  async #recall(url: string, report: Report): Promise<void> {
    const lastGood = new LastGood(url, this.#site);
    const ignore: Refuse = (error) => {
      if (!(error instanceof Refusal)) this.#instance.giveUp(error, this.#instance.generation);
    };
    try {
      const text = await lastGood.release();
      if (text === undefined) return;
      const release = await this.#open(text);
      const prepared = await this.#prepare(release, lastGood, ignore);
      this.#shelf.note(release);
      if (typeof prepared === "object" && this.#shelf.take(prepared) && !isPartial(prepared)) this.#settle(text);
    } catch (error) {
      // Signed with another key, or for another site: of no use, but no fault.
      if (!(error instanceof Refusal)) this.#lose("cache", error, report);
    }
  }

  async #look(url: string, begun: Promise<void> | undefined, report: Report): Promise<void> {
    try {
      const [text] = await Promise.all([this.#source?.release(), begun]);
      if (text !== undefined) {
        if (text !== this.#settled) await this.#consider(text, url, report);
      } else if (this.#shelf.current?.release) {
        throw new Error("the store has lost the release that was live");
      }
    } catch (error) {
      this.#lose("store", error, report);
    }
  }

  /** Takes the release that the store says is live, if there is nothing against it. */
  async #consider(text: string, url: string, report: Report): Promise<void> {
    if (this.#considered.text !== text) this.#considered = { text, told: new Set() };
    const { told } = this.#considered;
    const once: Report = (fault) => {
      const name = `${fault.kind} ${fault.bundle}`;
      if (!told.has(name)) report(fault);
      told.add(name);
    };
    const refuse = this.#refusing(once);
    let release: Release;
    try {
      release = await this.#open(text);
    } catch (error) {
      this.#settled = text;
      return refuse(error as Error, undefined);
    }
    const prepared = await this.#prepare(release, this.#source as Source, refuse);
    if (prepared === "missing") {
      // Written under its name but not readable everywhere yet: the next look asks again.
      const message = "a bundle of the release that should be live is not in the store";
      if (told.has("late")) once({ type: "fault", kind: "missing-bundle", message, bundle: release.bundle });
      told.add("late");
    }
    // What is refused is looked at again, too: bundles cut short have been put right under their names.
    if (typeof prepared === "string" || !this.#shelf.take(prepared) || isPartial(prepared)) return;
    this.#settle(text);
    try {
      const bundles = bundlesOf(prepared).filter((bundle) => bundle !== this.#shelf.builtIn);
      await new LastGood(url, this.#site).keep(text, bundles.map(({ id, stored }) => ({ id, bytes: stored.bytes })));
    } catch (error) {
      this.#lose("cache", error, report);
    }
  }

  #settle(text: string): void {
    this.#settled = text;
    this.refused = undefined;
  }

  /** Reads a release. Throws a {@link Refusal}. */
  async #open(text: string): Promise<Release> {
    const release = readRelease(await openEnvelope(text, this.#keys.bundle));
    const site = this.#site ?? this.#shelf.current?.live.site;
    if (site !== undefined && release.site !== site) throw new Refusal("wrong-site");
    if (this.#shelf.isReplayed(release)) throw new Refusal("replayed");
    return release;
  }

  #prepare(release: Release, source: Source, refuse: Refuse): Promise<Prepared | "missing" | "refused"> {
    return prepare(release, {
      known: (id) => this.#shelf.known(id),
      fetch: (id) => source.bundle(id),
      read: async (bytes, id) =>
        new Loaded(await readSigned(bytes, id, this.#keys.bundle), this.#instance, this.#keys.cookie),
      refuse,
    });
  }

  /** The site that the worker is for, if that is known beforehand. */
  get #site(): string | undefined {
    return this.#onlySite ?? this.#shelf.builtIn?.site;
  }

  /** Notes why something is not taken; what is no refusal is a failure of the engine. */
  #refusing(report: Report): Refuse {
    return (error, bundle, isCanary = false) => {
      const isRefused = error instanceof Refusal;
      const kind = isRefused ? error.name : this.#instance.giveUp(error, this.#instance.generation);
      this.refused = isCanary ? `canary-${kind}` : kind;
      const message = `${isCanary ? "the canary: " : ""}${isRefused ? error.message : String(error)}`;
      report({ type: "fault", kind, message, bundle: bundle ?? this.#shelf.current?.live.id });
    };
  }

  #lose(kind: "store" | "cache", error: unknown, report: Report): void {
    report({ type: "fault", kind, message: String(error), bundle: this.#shelf.current?.live.id });
  }
}
