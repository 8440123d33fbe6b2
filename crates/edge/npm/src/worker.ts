import wasm from "@footlight/edge/footlight.wasm";

import { createFootlight } from "./footlight.js";

/** A complete worker: bundles from the store, settings from the environment, the shop behind `ORIGIN` or the route. */
export default createFootlight({ wasm });
