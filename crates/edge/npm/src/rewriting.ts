import type { Page } from "./instance.js";
import type { Visit } from "./visit.js";

const NOTHING = new Uint8Array(0);

/** Bytes of a page in, bytes of a page out. */
export interface Passage {
  /** Whether what follows stays as it is. */
  readonly isFinished: boolean;
  write(chunk: Uint8Array): Uint8Array<ArrayBuffer>;
  end(): Uint8Array<ArrayBuffer>;
}

/** A page that stays as it is. */
export const UNCHANGED: Passage = { isFinished: true, write: (chunk) => chunk.slice(), end: () => NOTHING };

/**
 * One page going through the engine. Whatever fails there, no byte of the page is lost: what was not passed on yet
 * follows unchanged, and the rest need not come here.
 */
export class Rewriting implements Passage {
  /** Whether what follows stays as it is. */
  isFinished = false;
  /** What kind of fault ended the rewriting, if one did. */
  fault: string | undefined;
  readonly #visit: Visit;
  readonly #page: Page;
  /** What the engine holds back, kept here too in case the engine fails. */
  #held: Uint8Array<ArrayBuffer> = NOTHING;

  constructor(visit: Visit, page: Page) {
    this.#visit = visit;
    this.#page = page;
  }

  /** Takes a chunk of the page and gives what is ready, in memory of its own. */
  write(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
    try {
      this.#visit.instance.put(chunk);
      const output = this.#take(this.#page.write(chunk.length));
      const held = this.#page.held();
      this.isFinished = this.#page.isFinished();
      this.#keep(chunk, held);
      if (this.isFinished) this.drop();
      return output;
    } catch (error) {
      return this.#fail(error, chunk);
    }
  }

  /** The page is over: gives what is left. */
  end(): Uint8Array<ArrayBuffer> {
    if (this.isFinished) return NOTHING;
    try {
      const output = this.#take(this.#page.end());
      this.drop();
      return output;
    } catch (error) {
      return this.#fail(error, NOTHING);
    }
  }

  /** Gives back the engine's memory. */
  drop(): void {
    this.isFinished = true;
    // With the instance its memory is gone, and another's must not be given back.
    if (this.#visit.isOnItsInstance) this.#page.free();
  }

  #take(length: number): Uint8Array<ArrayBuffer> {
    return this.#visit.instance.output(length).slice();
  }

  #keep(chunk: Uint8Array, held: number): void {
    if (held === 0) this.#held = NOTHING;
    else if (held <= chunk.length) this.#held = chunk.slice(chunk.length - held);
    else this.#held = join(this.#held, chunk);
  }

  #fail(error: unknown, chunk: Uint8Array): Uint8Array<ArrayBuffer> {
    const rest = join(this.#held, chunk);
    this.#held = NOTHING;
    this.isFinished = true;
    this.fault = this.#visit.fault(error);
    return rest;
  }

}

function join(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
