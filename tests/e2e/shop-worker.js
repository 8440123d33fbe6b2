// The demo's bundle in front of a shop that runs elsewhere, visited from where and when the test says.

import { createFootlight } from "../../crates/edge/npm/dist/index.js";
import wasm from "../../crates/edge/npm/wasm/footlight.wasm";
import bundle from "../../dist/demo.footlight";
import { PLACES } from "../../www/places.js";

const footlight = createFootlight({ wasm, bundle });

export default {
  fetch(request, env, context) {
    const at = request.headers.get("x-test-now");
    Date.now = () => Date.parse(at);
    const cf = PLACES[request.headers.get("x-test-from")];
    return footlight.fetch(cf ? new Request(request, { cf }) : request, env, context);
  },
};
