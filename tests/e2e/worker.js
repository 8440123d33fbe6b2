import { createFootlight } from "../../crates/edge/npm/dist/index.js";
import wasm from "../../crates/edge/npm/wasm/footlight.wasm";

import bundle from "../../dist/teststage.footlight";
import { trap } from "./harness/trap.js";

const events = [];
const onEvent = (event) => events.push(event);
const complete = createFootlight({ wasm, bundle, onEvent });
const bare = createFootlight({ wasm, onEvent });

/**
 * The worker under test, without a bundle of its own where the variable `BUILT_IN` says so; with two doors for tests: one
 * reads the events, one makes the engine trap.
 */
export default {
  async fetch(request, env, context) {
    const { pathname } = new URL(request.url);
    if (pathname === "/test/events") return Response.json(events.splice(0));
    if (request.headers.has("x-test-trap")) trap(request.headers.get("x-test-trap"), wasm);
    return (env.BUILT_IN === "none" ? bare : complete).fetch(request, env, context);
  },
};
