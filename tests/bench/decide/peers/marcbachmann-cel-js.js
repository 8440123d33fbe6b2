import { parse } from "@marcbachmann/cel-js";

import { cel, known } from "./cel.js";

export const load = cel(parse);

/** Its integers are big ones. */
export const facts = (facts) => known(facts, BigInt);
