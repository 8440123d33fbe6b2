import { initSync, Engine, Page } from "../../../crates/edge/npm/wasm/footlight.js";

/**
 * Overwrites the module's memory just before the first `decide`, or before the n-th `write` of a page, so that it traps
 * as it would after memory corruption.
 */
export function smashMemory(when, module) {
  const [type, method, count] = when === "decide" ? [Engine, "decide", 1] : [Page, "write", Number(when)];
  const original = type.prototype[method];
  let calls = 0;
  type.prototype[method] = function (...args) {
    calls += 1;
    if (calls === count) {
      type.prototype[method] = original;
      new Uint8Array(initSync({ module }).memory.buffer).fill(0xff);
    }
    return original.apply(this, args);
  };
}
