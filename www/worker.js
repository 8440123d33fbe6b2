import { createFootlight } from "@footlight/edge";
import wasm from "@footlight/edge/footlight.wasm";

import bundle from "../dist/demo.footlight";
import shop from "./shop/index.js";

/** The demo shop with Footlight in front of it; elsewhere the shop is another server. */
export default createFootlight({ wasm, bundle, origin: (request, env) => shop.fetch(request, env) });
