import { __wbg_reset_state as resetState, Buffers, Engine, initSync, type Page } from "../wasm/footlight.js";

export { Engine, type Page };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The instance of the wasm module, which a trap replaces by a fresh one. */
export class Instance {
  /** How many instances were given up. What was made by an earlier one cannot be used any more. */
  generation = 0;
  static #only: Instance | undefined;
  #module: WebAssembly.Module;
  #memory: Uint8Array<ArrayBuffer> | undefined;
  #buffers: Buffers | undefined;

  private constructor(module: WebAssembly.Module) {
    this.#module = module;
    initSync({ module });
  }

  /** The one instance: the generated bindings know no more than one. */
  static of(module: WebAssembly.Module): Instance {
    return (Instance.#only ??= new Instance(module));
  }

  /** What all calls take their input from and give their output to. */
  get buffers(): Buffers {
    return (this.#buffers ??= new Buffers());
  }

  /** Puts bytes where the next call takes them from. */
  put(...parts: Uint8Array[]): void {
    const { buffers } = this;
    // In this order: to make room can move the memory.
    let at = buffers.input(parts.reduce((length, part) => length + part.length, 0));
    const memory = this.memory();
    for (const part of parts) {
      memory.set(part, at);
      at += part.length;
    }
  }

  /** Puts a text where the next call takes it from. Returns its length in bytes. */
  putText(text: string): number {
    const { length } = text;
    const at = this.buffers.input(length * 3);
    const memory = this.memory();
    // Nearly all texts are ASCII, and so short that a loop is faster than to ask the encoder.
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 127) return index + encoder.encodeInto(text.slice(index), memory.subarray(at + index)).written;
      memory[at + index] = code;
    }
    return length;
  }

  /** What the last call gave, gone with the next one. */
  output(length: number): Uint8Array<ArrayBuffer> {
    const at = this.buffers.output();
    return this.memory().subarray(at, at + length);
  }

  /** The text that the last call gave. */
  text(length: number): string {
    return length === 0 ? "" : decoder.decode(this.output(length));
  }

  /** The module's memory as it is now: it can have moved since the last call into the module. */
  memory(): Uint8Array<ArrayBuffer> {
    // A view of memory that has grown since is empty.
    if (!this.#memory?.length) {
      this.#memory = new Uint8Array(initSync({ module: this.#module }).memory.buffer as ArrayBuffer);
    }
    return this.#memory;
  }

  /**
   * Gives the instance up after `error`, unless that is done already: what failed belongs to `generation`. The next call
   * is on a fresh instance, because after a failure nothing in the memory can be relied on.
   *
   * Returns the kind of fault.
   */
  giveUp(error: unknown, generation: number): "trap" | "error" {
    if (generation === this.generation) {
      resetState();
      this.#memory = undefined;
      this.#buffers = undefined;
      this.generation += 1;
    }
    // RangeError: the call stack or the memory is exhausted.
    return error instanceof WebAssembly.RuntimeError || error instanceof RangeError ? "trap" : "error";
  }
}
