// What `footlight push` writes, the worker takes: the two were written from one description.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { startBucket } from "./harness/bucket.js";
import { get } from "./harness/http.js";
import { body, startOrigin } from "./harness/origin.js";
import { startWorker } from "./harness/worker.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FIRST = "<h1>Guten Tag</h1>";
const SECOND = "<h1>Grüße nach Deutschland</h1>";

let folder, origin, bucket, worker;

/** The merchandiser's command; `FOOTLIGHT_CLI` names a built one. */
function footlight(...words) {
  const built = process.env.FOOTLIGHT_CLI;
  const [program, before] = built ? [built, []] : ["cargo", ["run", "--quiet", "--package", "footlight", "--"]];
  return execFileSync(program, [...before, ...words], { cwd: ROOT, encoding: "utf8" });
}

/** Does something to the folder that the worker has its bundles from. */
function release(command, ...words) {
  footlight(command, path.join(folder, "store"), "--key", path.join(folder, "key.pem"), ...words);
}

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "footlight-target-"));
  const [, key] = /public key:\s+(\S+)/.exec(footlight("keygen", path.join(folder, "key.pem")));
  origin = await startOrigin({ "/": body('<html><body><div id="hero">Hello</div></body></html>') });
  bucket = await startBucket(path.join(folder, "store"));
  worker = await startWorker({ origin: origin.url, vars: { FOOTLIGHT_BUNDLES: bucket.url, FOOTLIGHT_PUBLIC_KEYS: key } });
});
after(async () => {
  await worker?.stop();
  origin?.stop();
  bucket?.stop();
  rmSync(folder, { recursive: true });
});

/** What new visitors see once a release is live. */
async function seen(release, visitors = 1) {
  const visit = () => get(`${worker.url}/`, { headers: { "x-country": "DE", cookie: "consent=all" } });
  for (const end = Date.now() + 5_000; Date.now() < end; ) {
    if ((await visit()).headers["footlight-status"].includes(`; release=${release}`)) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const shown = [];
  for (let visitor = 0; visitor < visitors; visitor += 1) {
    const { text, headers } = await visit();
    assert.match(headers["footlight-status"], new RegExp(`^personalized; bundle=[0-9a-f]{12}; release=${release}(; canary)?$`));
    shown.push(/<div id="hero">(.*?)<\/div>/.exec(text)[1]);
  }
  return shown;
}

test("pushed, pushed as a canary, promoted and rolled back, the worker sees what the command says", async () => {
  release("push", "--rules", "tests/e2e/rules-other", "-m", "the first");
  assert.deepEqual(await seen(1), [FIRST]);
  release("push", "--rules", "tests/e2e/rules", "--canary", "50%", "-m", "a try");
  const shown = await seen(2, 60);
  assert.deepEqual([...new Set(shown)].sort(), [SECOND, FIRST].sort());
  release("promote", "-m", "it was good");
  assert.deepEqual(await seen(3), [SECOND]);
  release("rollback", "-m", "it was not");
  assert.deepEqual(await seen(4), [FIRST]);
});
