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
   * Gives the instance up after `error`, unless that is done already: what failed belongs to `generation`. The next call
   * is on a fresh instance, because after a failure nothing in the memory can be relied on.
   *
   * Returns the kind of fault.
   */
  giveUp(error: unknown, generation: number): "trap" | "error" {
    if (generation === this.generation) {
      resetState();
      this.#memory = undefined;
      this.generation += 1;
    }
    // RangeError: the call stack or the memory is exhausted.
    return error instanceof WebAssembly.RuntimeError || error instanceof RangeError ? "trap" : "error";
  }
}
