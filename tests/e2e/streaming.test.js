import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { get, open } from "./harness/http.js";
import { pieces, startOrigin } from "./harness/origin.js";
import { startWorker } from "./harness/worker.js";

const GERMANY = { "x-country": "DE" };
const HERO = '<div id="hero">Hello</div>';
const CHUNK = Buffer.alloc(65_536, "<p>some text of a page</p>");

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A page of a thousand bytes that ends after its beginning. */
const breaking = (beginning) => (_, response) => {
  response.writeHead(200, { "content-type": "text/html", "content-length": "1000" });
  response.write(beginning);
  setTimeout(() => response.destroy(), 100);
};

let origin, worker;
/** How many bytes the endless page has sent, and whether its connection has gone. */
let endless;

before(async () => {
  const pages = {
    trickle: pieces([[0, `<body>${HERO}`], [300, "<p>second"], [300, " third</p>"]]),
    "trickle in the tag": pieces([[0, "<body><p>first</p><div id="], [200, '"hero">Hello</div>'], [200, "<p>third</p>"]]),
    "breaks off in the page": breaking(`<body>${HERO}<p>first</p>`),
    "breaks off before the slot": breaking("<body><p>first</p>"),
    "breaks off at once": breaking(""),
    endless: (_, response) => {
      endless = { bytes: 0, gone: false };
      response.writeHead(200, { "content-type": "text/html" });
      response.on("close", () => (endless.gone = true));
      const more = () => {
        while (!endless.gone) {
          endless.bytes += CHUNK.length;
          if (!response.write(CHUNK)) return response.once("drain", more);
        }
      };
      more();
    },
  };
  origin = await startOrigin({ "/": (request, response) => pages[request.headers["x-page"]](request, response) });
  worker = await startWorker({ origin: origin.url });
});
after(async () => {
  await worker.stop();
  origin.stop();
});

const visit = (page, headers = GERMANY) => get(`${worker.url}/`, { headers: { ...headers, "x-page": page } });

test("what a slow origin has sent goes on at once", async () => {
  const start = performance.now();
  const { response } = await open(`${worker.url}/`, { ...GERMANY, "x-page": "trickle" });
  const arrivals = [];
  for await (const chunk of response) arrivals.push([performance.now() - start, chunk.toString()]);
  assert.match(arrivals[0][1], /Grüße/);
  assert.ok(arrivals[0][0] < 250, `the first chunk took ${arrivals[0][0]} ms`);
  const second = arrivals.find(([, text]) => text.includes("second"));
  assert.ok(second[0] < 550, `the second chunk took ${second[0]} ms`);
  assert.ok(arrivals.at(-1)[0] > 590, "the origin took its time");
});

test("a tag that comes in two parts is edited, and what stands before it need not wait", async () => {
  const start = performance.now();
  const { response } = await open(`${worker.url}/`, { ...GERMANY, "x-page": "trickle in the tag" });
  const arrivals = [];
  for await (const chunk of response) arrivals.push([performance.now() - start, chunk.toString()]);
  assert.equal(arrivals[0][1], "<body><p>first</p>");
  assert.ok(arrivals[0][0] < 150, `the first chunk took ${arrivals[0][0]} ms`);
  const text = arrivals.map(([, chunk]) => chunk).join("");
  assert.equal(text, '<body><p>first</p><div id="hero"><h1>Grüße nach Deutschland</h1></div><p>third</p>');
});

// Of a page whose length the origin does not tell, workerd's own HTTP server ends even the untouched response as if it
// were whole (its chunked writer closes itself); what a worker can do is to tell lengths wherever they are known.
for (const page of ["breaks off in the page", "breaks off before the slot", "breaks off at once"]) {
  test(`a page that ${page} is not taken for whole where its length is known`, async () => {
    const { failed, text } = await visit(page, {}).catch((failed) => ({ failed, text: "" }));
    assert.ok(failed, `it ended as if whole: ${text}`);
  });
}

test("a changed page has its length told once nothing can change any more, so that a break shows", async () => {
  const { failed, text, headers } = await visit("breaks off in the page");
  assert.ok(Number(headers["content-length"]) > 1000);
  assert.match(text, /Grüße|Gr&#252;/);
  assert.ok(failed, `it ended as if whole: ${text}`);
});

test("a visitor who leaves stops the origin", async () => {
  const { request, response } = await open(`${worker.url}/`, { ...GERMANY, "x-page": "endless" });
  response.on("error", () => {});
  await new Promise((resolve) => response.once("data", resolve));
  request.destroy();
  await pause(500);
  assert.ok(endless.gone, "the origin is still read");
});

test("a visitor who reads slowly slows the origin down", async () => {
  const { request, response } = await open(`${worker.url}/`, { ...GERMANY, "x-page": "endless" });
  response.on("error", () => {});
  response.pause();
  await pause(300);
  const early = endless.bytes;
  await pause(700);
  // What fits into the sockets' buffers on the way, and then nothing.
  assert.ok(endless.bytes < 64 << 20, `${endless.bytes} bytes were read for nobody`);
  assert.ok(endless.bytes - early < 8 << 20, "it does not come to rest");
  request.destroy();
});
