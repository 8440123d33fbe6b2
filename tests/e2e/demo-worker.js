// The demo's worker, put together from the same parts without a bundler, at a time that the test chooses.

import { createFootlight } from "../../crates/edge/npm/dist/index.js";
import wasm from "../../crates/edge/npm/wasm/footlight.wasm";
import bundle from "../../dist/demo.footlight";
import { fromPlace } from "../../www/places.js";
import shop from "../../www/shop/index.js";

const realNow = Date.now;
const footlight = createFootlight({ wasm, bundle, origin: (request, env) => shop.fetch(request, env) });

export default {
  fetch(request, env, context) {
    const at = request.headers.get("x-test-now");
    Date.now = at ? () => Date.parse(at) : realNow;
    const visit = fromPlace(request);
    return visit.redirect ?? footlight.fetch(visit.request, env, context);
  },
};
