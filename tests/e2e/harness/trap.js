import { Engine, initSync, Page } from "../../../crates/edge/npm/wasm/footlight.js";

/** An address that no memory of the module's size has. */
const NOWHERE = 0xfffffff0 | 0;

/**
 * Makes the module trap in the next decision (`decide`), when it recognizes a visitor (`recognize`) or reads a page (`probe`), or in the first chunk that comes after so many bytes of pages,
 * and leaves its memory in ruins, as a real trap may.
 */
export function trap(when, module) {
  const [type, method, after] = when in Engine.prototype ? [Engine, when, 0] : [Page, "write", Number(when)];
  const original = type.prototype[method];
  let bytes = 0;
  type.prototype[method] = function (...args) {
    if (bytes < after) {
      bytes += args[0];
      return original.apply(this, args);
    }
    type.prototype[method] = original;
    const { memory, page_isFinished } = initSync({ module });
    new Uint8Array(memory.buffer).fill(0xff);
    return page_isFinished(NOWHERE);
  };
}
