import { createFootlight } from "../../crates/edge/npm/dist/index.js";
import wasm from "../../crates/edge/npm/wasm/footlight.wasm";

import bundle from "../../dist/teststage.footlight";
import { trap } from "./harness/trap.js";

const events = [];

const footlight = createFootlight({
  wasm,
  bundle,
  refreshSeconds: 0,
  onEvent: (event) => events.push(event),
});

/** The worker under test, with two doors for tests: one reads the events, one makes the engine trap. */
export default {
  async fetch(request, env, context) {
    const { pathname } = new URL(request.url);
    if (pathname === "/test/events") return Response.json(events.splice(0));
    if (request.headers.has("x-test-trap")) trap(request.headers.get("x-test-trap"), wasm);
    return footlight.fetch(request, env, context);
  },
};
