import { createFootlight } from "@footlight/edge";
import wasm from "@footlight/edge/footlight.wasm";

import bundle from "../dist/demo.footlight";
import { fromPlace } from "./places.js";
import shop from "./shop/index.js";

const footlight = createFootlight({
  wasm,
  bundle,
  origin: (request, env) => shop.fetch(request, env),
  // Who tries rules out wants to see them soon.
  refreshSeconds: 5,
});

/** The demo shop with Footlight in front of it; elsewhere the shop is another server. */
export default {
  fetch(request, env, context) {
    const visit = fromPlace(request);
    return visit.redirect ?? footlight.fetch(visit.request, env, context);
  },
};
