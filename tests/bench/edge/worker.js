// One page through the runtime, by one of the contestants: what a shopper's request costs end to end.

import bundle from "bench.footlight";
import wasm from "footlight.wasm";

import { createFootlight } from "../../../crates/edge/npm/dist/index.js";

const TEXT = "For you: what a rule has put in the place of hero, as long as such a thing is";
const footlight = createFootlight({ wasm, bundle: new Uint8Array(bundle) });

const CONTESTANTS = {
  footlight: footlight.fetch,
  "pass-through": (request) => fetch(request),
  async HTMLRewriter(request) {
    const page = await fetch(request);
    const rewriter = new HTMLRewriter();
    const text = { element: (element) => void element.setInnerContent(TEXT) };
    for (const slot of ["notice", "hero", "currency"]) rewriter.on(`[data-footlight-slot="${slot}"]`, text);
    if (request.headers.get("x-country") === "CH") {
      rewriter.on('[data-footlight-slot="price"]', {
        element(element) {
          element.setInnerContent(`CHF ${(Number(element.getAttribute("data-amount")) * 0.9431).toFixed(2)}`);
        },
      });
    }
    return rewriter.transform(page);
  },
};

export default {
  fetch(request, env, context) {
    return CONTESTANTS[request.headers.get("x-contestant")](request, env, context);
  },
};
