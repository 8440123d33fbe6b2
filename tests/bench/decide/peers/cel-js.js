import { evaluate, parse } from "cel-js";

import { cel, known } from "./cel.js";

export const load = cel((text) => {
  const { cst } = parse(text);
  return (facts) => evaluate(cst, facts);
});

export const facts = (facts) => known(facts);
