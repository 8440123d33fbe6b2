import { __wbg_reset_state as resetState, Engine, initSync, type Page } from "../wasm/footlight.js";

export { Engine, type Page };

/** The instance of the wasm module, which a trap replaces by a fresh one. */
export class Instance {
  /** How many instances were given up. What was made by an earlier one cannot be used any more. */
  generation = 0;
  static #only: Instance | undefined;
  #module: WebAssembly.Module;
  #memory: Uint8Array<ArrayBuffer> | undefined;

  private constructor(module: WebAssembly.Module) {
    this.#module = module;
    initSync({ module });
  }

  /** The one instance: the generated bindings know no more than one. */
  static of(module: WebAssembly.Module): Instance {
    return (Instance.#only ??= new Instance(module));
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
   * Whether `error` came from a trap; if so, the next call is on a fresh instance.
   *
   * After a trap nothing in the memory can be relied on.
   */
  gaveUp(error: unknown): boolean {
    // RangeError: the call stack or the memory is exhausted.
    const isTrap = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    if (isTrap) {
      resetState();
      this.#memory = undefined;
      this.generation += 1;
    }
    return isTrap;
  }
}
