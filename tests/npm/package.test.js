// The npm package as a front-end developer meets it: packed, installed in an empty project, type-checked and run.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
let project;

function run(program, ...args) {
  return execFileSync(program, args, { cwd: project, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

before(() => {
  project = mkdtempSync(path.join(tmpdir(), "footlight-project-"));
  const packed = execFileSync("npm", ["pack", "--json", "--pack-destination", project], {
    cwd: path.join(root, "crates/edge/npm"),
    encoding: "utf8",
  });
  const [{ filename }] = Object.values(JSON.parse(packed));
  writeFileSync(path.join(project, "package.json"), JSON.stringify({ name: "shop", private: true, type: "module" }));
  run("npm", "install", "--no-audit", "--no-fund", "--offline", `./${filename}`);
});

after(() => rmSync(project, { recursive: true, force: true }));

test("what its exports promise is in the package", () => {
  const installed = path.join(project, "node_modules/@footlight/edge");
  const { exports } = JSON.parse(readFileSync(path.join(installed, "package.json"), "utf8"));
  for (const conditions of Object.values(exports)) {
    assert.equal(Object.keys(conditions)[0], "types", "types come first, or TypeScript does not find them");
    for (const file of Object.values(conditions)) readFileSync(path.join(installed, file));
  }
});

test("its types hold in a strict project", () => {
  writeFileSync(
    path.join(project, "worker.ts"),
    `import { createFootlight } from "@footlight/edge";
import wasm from "@footlight/edge/footlight.wasm";

declare const bundle: ArrayBuffer;
export default createFootlight({ wasm, bundle, origin: (request) => fetch(request) });
`,
  );
  writeFileSync(
    path.join(project, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        module: "esnext",
        moduleResolution: "bundler",
        target: "es2022",
        lib: ["es2022", "webworker"],
        types: [],
      },
      files: ["worker.ts"],
    }),
  );
  run(path.join(root, "node_modules/.bin/tsc"), "--project", ".");
});

test("it decides in Node", () => {
  writeFileSync(
    path.join(project, "decide.js"),
    `import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createFootlight } from "@footlight/edge";

const file = createRequire(import.meta.url).resolve("@footlight/edge/footlight.wasm");
const footlight = createFootlight({
  wasm: new WebAssembly.Module(readFileSync(file)),
  bundle: readFileSync(process.argv[2]),
  origin: () => new Response("<h1>Shop</h1>", { headers: { "content-type": "text/html" } }),
});
const context = { waitUntil() {}, passThroughOnException() {} };
const response = await footlight.fetch(new Request("https://shop.example/"), {}, context);
console.log(response.status, response.headers.get("footlight-status"), await response.text());
`,
  );
  const printed = run("node", "decide.js", path.join(root, "dist/demo.footlight"));
  assert.match(printed, /^200 .*<h1>Shop<\/h1>/);
});
