import { createFootlight } from "../../crates/edge/npm/dist/index.js";
import wasm from "../../crates/edge/npm/wasm/footlight.wasm";

import bundle from "../../dist/sharedstage.footlight";
import { WatchedCache } from "./harness/cache.js";
import { trap } from "./harness/trap.js";

const events = [];
/** What the worker is still doing after the visitor has everything. */
let pending = 0;
const cache = new WatchedCache(caches.default);
const footlight = createFootlight({ wasm, bundle, onEvent: (event) => events.push(event) });

/** The worker under test, with doors for tests: to the events, to what was put into the cache, and to break things. */
export default {
  async fetch(request, env, context) {
    const { pathname } = new URL(request.url);
    if (pathname === "/test/events") return Response.json(events.splice(0));
    if (pathname === "/test/pending") return Response.json(pending);
    if (pathname === "/test/puts") return Response.json(cache.puts.splice(0));
    cache.mode = request.headers.get("x-test-cache") ?? "works";
    if (request.headers.has("x-test-trap")) trap(request.headers.get("x-test-trap"), wasm);
    const waitUntil = (promise) => {
      pending += 1;
      context.waitUntil(promise.finally(() => (pending -= 1)));
    };
    return footlight.fetch(request, env, { waitUntil });
  },
};
