import { type BundleFile, checkHash, nameOf, takeApart } from "../bundle-file.js";
import { Engine } from "../engine.js";
import type { Keys } from "../environment.js";
import { compileFacts, headersOf, type Pack } from "../facts.js";
import type { Instance } from "../instance.js";
import { type Notes, unpackNotes } from "../notes.js";
import { Refusal } from "../refusal.js";
import { checkSignature } from "../signature.js";
import type { Bytes } from "./source.js";

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

/** A bundle that was read, and checked but for its body. */
export interface Stored {
  readonly bytes: Bytes;
  readonly file: BundleFile;
  readonly notes: Notes;
}

/** Reads a bundle that somebody brought who is trusted. Throws a {@link Refusal}. */
export async function readBundle(bytes: Bytes): Promise<Stored> {
  const file = takeApart(bytes);
  await checkHash(file);
  try {
    return { bytes, file, notes: await unpackNotes(file.notes) };
  } catch {
    throw new Refusal("malformed");
  }
}

/** Reads a bundle that a release names by `id`. Throws a {@link Refusal}. */
export async function readSigned(bytes: Bytes, id: string, keys: readonly Bytes[]): Promise<Stored> {
  const file = takeApart(bytes);
  await checkSignature(file, keys);
  if (nameOf(file) !== id) throw new Refusal("other-bundle");
  return readBundle(bytes);
}

/** A bundle in the engine, again after a trap. */
export class Loaded {
  readonly stored: Stored;
  readonly id: string;
  readonly #instance: Instance;
  readonly #cookieKeys: Keys["cookie"];
  #live: Live | undefined;
  #generation = -1;

  constructor(stored: Stored, instance: Instance, cookieKeys: Keys["cookie"]) {
    this.stored = stored;
    this.id = nameOf(stored.file);
    this.#instance = instance;
    this.#cookieKeys = cookieKeys;
  }

  get site(): string {
    return this.stored.file.site;
  }

  /** Ready to decide; undefined if it does not load on the instance of now, which `refuse` hears once. */
  live(refuse: (error: Error) => void): Live | undefined {
    if (this.#generation !== this.#instance.generation) {
      this.#live = undefined;
      try {
        this.#live = this.#load();
      } catch (error) {
        refuse(error as Error);
      }
      // After `refuse`, which may have given the instance up.
      this.#generation = this.#instance.generation;
    }
    return this.#live;
  }

  /** Gives back the engine's memory until somebody asks again. */
  free(): void {
    if (this.#generation === this.#instance.generation) this.#live?.engine.free();
    this.#live = undefined;
    this.#generation = -1;
  }

  #load(): Live {
    const { file, notes } = this.stored;
    const engine = Engine.load(this.#instance, file.body, notes, this.#cookieKeys);
    const { facts, shares } = notes;
    return { engine, pack: compileFacts(facts), headers: headersOf(facts), shares, id: this.id, site: file.site };
  }
}
