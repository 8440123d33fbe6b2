import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { body, startOrigin } from "./harness/origin.js";
import { startWorker } from "./harness/worker.js";

const HOME = `<!doctype html><html><head><title>Shop</title></head><body>
<p data-footlight-slot="note"></p>
<div id="hero"><h1>Hello</h1></div>
<span data-footlight-slot="price" data-amount="49.90">49,90 €</span>
<footer>end</footer></body></html>`;

let origin, worker;

before(async () => {
  origin = await startOrigin({ "/": body(HOME, { etag: '"1"', "cache-control": "public, max-age=60" }) });
  worker = await startWorker({ origin: origin.url });
});
after(async () => {
  await worker.stop();
  origin.stop();
});

test("a visitor from Germany gets the German hero, and nobody else's cache gets it", async () => {
  const response = await fetch(`${worker.url}/`, { headers: { "x-country": "DE" } });
  const text = await response.text();
  console.log(response.status, [...response.headers], text);
  assert.match(text, /Grüße nach Deutschland/);
});
