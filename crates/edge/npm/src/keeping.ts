import type { Passage } from "./rewriting.js";

/** A longer page is not kept: it would have to stay in memory until its end. */
const MOST_BYTES = 4 << 20;

/** A page that is kept in memory while it goes through `passage`. */
export class Keeping implements Passage {
  readonly #passage: Passage;
  #parts: Uint8Array<ArrayBuffer>[] | undefined = [];
  #length = 0;
  #isComplete = false;

  constructor(passage: Passage) {
    this.#passage = passage;
  }

  /** Whether what follows stays as it is and need not be seen. */
  get isFinished(): boolean {
    return !this.#parts && this.#passage.isFinished;
  }

  write(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
    return this.#keep(this.#passage.isFinished ? chunk.slice() : this.#passage.write(chunk));
  }

  end(): Uint8Array<ArrayBuffer> {
    const rest = this.#keep(this.#passage.end());
    this.#isComplete = true;
    return rest;
  }

  /** The whole page, if it came to its end and is not too long. */
  page(): Uint8Array<ArrayBuffer> | undefined {
    if (!this.#isComplete || !this.#parts) return undefined;
    const page = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      page.set(part, at);
      at += part.length;
    }
    return page;
  }

  #keep(part: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    this.#length += part.length;
    if (this.#length > MOST_BYTES) this.#parts = undefined;
    this.#parts?.push(part);
    return part;
  }
}
