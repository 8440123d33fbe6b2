/**
 * Runs benchmark suites: `node bench.js [--json FILE] SUITE…`. A table for people, a row a measurement for programs.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { decide } from "./decide/suite.js";
import { edge } from "./edge/suite.js";
import { html } from "./html/suite.js";
import { heading, line } from "./table.js";

const SUITES = { decide, html, edge };

const { values, positionals } = parseArgs({ options: { json: { type: "string" } }, allowPositionals: true });
const rows = [];
for (const name of positionals.length > 0 ? positionals : Object.keys(SUITES)) {
  const suite = SUITES[name];
  if (!suite) throw new Error(`no suite \`${name}\`; there are ${Object.keys(SUITES).join(", ")}`);
  console.log(heading(name));
  for await (const row of suite()) {
    rows.push({ suite: name, ...row, ratio: row.theirs && row.theirs / row.ours });
    console.log(line(rows.at(-1)));
  }
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, undefined, 1)}\n`);
