import { within } from "./within.js";

type Body = ReadableStream<Uint8Array>;
type ByobReader = ReadableStreamBYOBReader;
type PlainReader = ReadableStreamDefaultReader<Uint8Array>;

/** As much as is read at once. Few, large chunks are what makes a stream fast in the runtime. */
const CHUNK_BYTES = 65_536;

/**
 * A page as it comes from the origin, in chunks as large as what is ready, but not waiting for more: what a slow origin
 * has sent goes on at once.
 */
export class Chunks {
  readonly #body: Body;
  readonly #reader: ByobReader | PlainReader;
  #buffer: ArrayBuffer | undefined;
  #pending: Promise<Uint8Array | undefined> | undefined;

  constructor(body: Body) {
    this.#body = body;
    try {
      this.#reader = body.getReader({ mode: "byob" });
      this.#buffer = new ArrayBuffer(CHUNK_BYTES);
    } catch {
      // A stream that a script made, without support for large reads.
      this.#reader = body.getReader();
    }
  }

  /** The next chunk, which is gone with the call after; undefined at the end. */
  next(): Promise<Uint8Array | undefined> {
    const pending = this.#pending ?? this.#take();
    this.#pending = undefined;
    return pending;
  }

  /** Whether the next chunk comes within `ms`. */
  async isReadyWithin(ms: number): Promise<boolean> {
    this.#pending ??= this.#take();
    // A failure shows when the chunk is asked for.
    const ready = this.#pending.then(() => true, () => true);
    return (await within(ms, ready)) ?? false;
  }

  async #take(): Promise<Uint8Array | undefined> {
    for (;;) {
      const { value, done } = await this.#read();
      if (done) return undefined;
      if (value.byteLength > 0) return value;
    }
  }

  async #read(): Promise<ReadableStreamReadResult<Uint8Array>> {
    if (!this.#buffer) return (this.#reader as PlainReader).read();
    const result = await (this.#reader as ByobReader).read(new Uint8Array(this.#buffer));
    if (result.value) this.#buffer = result.value.buffer;
    return result as ReadableStreamReadResult<Uint8Array>;
  }

  /** Nobody wants the rest. */
  cancel(reason: unknown): void {
    this.#reader.cancel(reason).catch(() => {});
  }

  /** Hands the rest over to the runtime. */
  async pipeTo(writable: WritableStream<Uint8Array>): Promise<void> {
    const chunk = this.#pending && (await this.#pending);
    if (chunk) {
      const writer = writable.getWriter();
      await writer.write(chunk);
      writer.releaseLock();
    }
    this.#reader.releaseLock();
    await this.#body.pipeTo(writable);
  }
}
