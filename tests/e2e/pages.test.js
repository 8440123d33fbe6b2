import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";

import { get } from "./harness/http.js";
import { body, startOrigin } from "./harness/origin.js";
import { startWorker } from "./harness/worker.js";

const GERMANY = { "x-country": "DE" };
const GREETING = "Grüße nach Deutschland";
const REFERENCES = "Gr&#252;&#223;e nach Deutschland";

const page = (head = "") =>
  `<!doctype html><html><head>${head}</head><body><div id="hero"><h1>Hello</h1></div><footer>end</footer></body></html>`;
const binary = Buffer.from(Array.from({ length: 20_000 }, (_, index) => (index * 7919 + (index >> 8)) & 0xff));
const utf16 = Buffer.from(`\ufeff${page()}`, "utf16le");

const MANY = 500_000;
const large = Buffer.concat([
  Buffer.from('<body><div id="hero">x</div>'),
  Buffer.from("<p class=card>Sixty bytes of a page that goes on and on ….</p>".repeat(MANY)),
]);

const PAGES = {
  "/": body(page(), { etag: '"1"', "last-modified": "Fri, 20 Nov 2026 10:00:00 GMT", "cache-control": "public, max-age=60" }),
};
/** Bodies for the home page, chosen by the header `x-page`, so that one route of the journey serves all of them. */
const BODIES = {
  normal: PAGES["/"],
  "server error": body(page(), { etag: '"e"' }, 500),
  "not found": body(page(), {}, 404),
  redirect: body("", { location: "/elsewhere" }, 302),
  "not modified": (_, response) => response.writeHead(304, { etag: '"1"' }).end(),
  partial: body(page().slice(0, 50), { "content-range": `bytes 0-49/${page().length}` }, 206),
  json: body('{"id": "<div id=hero>"}', { "content-type": "application/json" }),
  image: body(binary, { "content-type": "image/png", etag: '"i"' }),
  xhtml: body(page(), { "content-type": "application/xhtml+xml" }),
  "no-transform": body(page(), { "cache-control": "public, no-transform" }),
  "unknown coding": body(binary, { "content-encoding": "zstd" }),
  "binary as html": body(binary, { "content-type": "text/html" }),
  "utf-16": body(utf16, { "content-type": "text/html; charset=utf-16le" }),
  "utf-16 by its mark": body(utf16, { "content-type": "text/html" }),
  empty: body(""),
  "no slot": body("<html><body><p>plain</p></body></html>"),
  "no charset": body(page(), { "content-type": "text/html" }),
  "meta charset": body(page('<meta charset="utf-8">'), { "content-type": "text/html" }),
  "windows-1252": body(Buffer.from(page("<title>M\u00fctze</title>"), "latin1"), {
    "content-type": "text/html; charset=windows-1252",
  }),
  gzip: body(gzipSync(page()), { "content-encoding": "gzip" }),
  "cut in a tag": body('<html><body><div id="hero">Hello</div><p class="unfin'),
  "cut in the slot's tag": body('<html><body><div id="he'),
  "cut in the slot": body('<html><body><div id="hero"><h1>Hel'),
  large: body(large),
};

let origin, worker;

before(async () => {
  origin = await startOrigin({
    "/": (request, response) => BODIES[request.headers["x-page"] ?? "normal"](request, response),
    "/other": body(page()),
  });
  worker = await startWorker({ origin: origin.url });
});
after(async () => {
  await worker.stop();
  origin.stop();
});

const visit = (name, headers = GERMANY, options = {}) =>
  get(`${worker.url}/`, { ...options, headers: { ...headers, "x-page": name } });
const direct = (name, options = {}) => get(`${origin.url}/`, { ...options, headers: { "x-page": name } });

/** What the origin said, without what every hop says for itself. */
function told({ status, headers, bytes }) {
  const { date, connection, "keep-alive": _keep, "transfer-encoding": _coding, "content-length": _length, ...own } = headers;
  return { status, headers: own, bytes: bytes.toString("base64") };
}

for (const name of [
  "server error",
  "not found",
  "redirect",
  "not modified",
  "partial",
  "json",
  "image",
  "xhtml",
  "no-transform",
  "unknown coding",
]) {
  test(`${name}: passed on as it came`, async () => {
    assert.deepEqual(told(await visit(name)), told(await direct(name)));
  });
}

for (const name of ["binary as html", "utf-16", "utf-16 by its mark", "empty", "no slot"]) {
  test(`${name}: the page's bytes stay as they are`, async () => {
    const [through, straight] = [await visit(name), await direct(name)];
    assert.equal(through.status, 200);
    assert.ok(through.bytes.equals(straight.bytes), "the bytes differ");
  });
}

test("a page for one visitor is kept out of every cache and loses what described the origin's bytes", async () => {
  const { headers, text } = await visit("normal");
  assert.ok(text.includes(`<div id="hero"><h1>${GREETING}</h1></div><footer>`), text);
  assert.equal(headers["cache-control"], "private, no-store");
  assert.equal(headers.etag, undefined);
  assert.equal(headers["last-modified"], undefined);
  assert.match(headers["footlight-status"], /^personalized; bundle=[0-9a-f]{12}$/);
  assert.match(headers["server-timing"], /^footlight;dur=\d+\.\d\d$/);
});

test("where nothing applies, the page and its caching are the origin's", async () => {
  const { headers, text } = await visit("normal", { "x-country": "US" });
  assert.equal(text, page());
  assert.equal(headers["cache-control"], "public, max-age=60");
  assert.equal(headers.etag, '"1"');
  assert.match(headers["footlight-status"], /^default; reason=no-rule; bundle=/);
});

test("a page outside the journey stays as it is and says so", async () => {
  const { headers, text } = await get(`${worker.url}/other`, { headers: GERMANY });
  assert.equal(text, page());
  assert.match(headers["footlight-status"], /^default; reason=no-stage/);
});

test("HEAD has the headers of GET and no body", async () => {
  const [head, full] = [await visit("normal", GERMANY, { method: "HEAD" }), await visit("normal")];
  assert.equal(head.bytes.length, 0);
  for (const name of ["cache-control", "etag", "last-modified", "content-type", "footlight-status"]) {
    assert.equal(head.headers[name], full.headers[name], name);
  }
});

test("a POST is passed on as it came", async () => {
  const { headers, text } = await visit("normal", GERMANY, { method: "POST", body: "a=b" });
  assert.equal(text, page());
  assert.equal(headers["footlight-status"], undefined);
});

for (const [name, expected] of [
  ["no charset", REFERENCES],
  ["meta charset", GREETING],
  ["windows-1252", REFERENCES],
  ["gzip", GREETING],
]) {
  test(`${name}: the inserted text reads right in the page's encoding`, async () => {
    const { text } = await visit(name);
    assert.ok(text.includes(expected), text);
  });
}

test("what is not edited of a windows-1252 page stays byte for byte", async () => {
  const { bytes } = await visit("windows-1252");
  assert.ok(bytes.includes(Buffer.from("<title>M\u00fctze</title>", "latin1")));
});

test("a gzipped page comes gzipped to those who ask for it", async () => {
  const response = await fetch(`${worker.url}/`, { headers: { ...GERMANY, "x-page": "gzip" } });
  assert.ok((await response.text()).includes(GREETING));
});

test("a page that is cut in a tag comes as far as it went", async () => {
  const { text } = await visit("cut in a tag");
  assert.equal(text, `<html><body><div id="hero"><h1>${GREETING}</h1></div><p class="unfin`);
});

test("a page that is cut in the slot's own tag stays as it is", async () => {
  const { text } = await visit("cut in the slot's tag");
  assert.equal(text, '<html><body><div id="he');
});

test("a page that is cut in the slot has the content and nothing half", async () => {
  const { text } = await visit("cut in the slot");
  assert.equal(text, `<html><body><div id="hero"><h1>${GREETING}</h1>`);
});

test("a page of 30 MB arrives whole", async () => {
  const { bytes } = await visit("large");
  const greeting = Buffer.from(`<h1>${GREETING}</h1>`);
  assert.equal(bytes.length, large.length - 1 + greeting.length);
  assert.ok(bytes.subarray(-1_000_000).equals(large.subarray(-1_000_000)));
});

test("a 64 KB URL and headers that are no text leave the page as it is", async () => {
  const long = await get(`${worker.url}/?q=${"x".repeat(60_000)}`, { headers: GERMANY });
  assert.ok([200, 414, 431].includes(long.status), `status ${long.status}`);
  const odd = await visit("normal", { ...GERMANY, referer: "\xff\xfe", "accept-language": "\xe9,;;q=x", cookie: "\xff=\xfe; =; a" });
  assert.ok(odd.text.includes(GREETING));
});

for (const [what, headers] of [
  ["nobody knows", {}],
  ["the edge does not know", { "x-country": "XX" }],
  ["is the Tor network", { "x-country": "T1" }],
  ["is no code", { "x-country": "Germany" }],
  ["is in lower case", { "x-country": "de" }],
  ["is no text", { "x-country": "\xff\xfe" }],
  ["is on no map", { "x-country": "QQ" }],
]) {
  test(`a visitor whose country ${what} gets the origin's page`, async () => {
    const { headers: said, text } = await visit("normal", headers);
    assert.equal(text, page());
    assert.match(said["footlight-status"], /^default; reason=no-rule/);
  });
}

/** What the worker answers to bytes as they are. */
function raw(request) {
  const { hostname, port } = new URL(worker.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(Buffer.from(request, "latin1")));
    const chunks = [];
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("end", () => resolve(Buffer.concat(chunks).toString()));
    socket.on("error", reject);
  });
}

test("a request without any header but the host gets the page", async () => {
  const answer = await raw("GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n");
  assert.match(answer, /^HTTP\/1\.1 200 /);
  assert.match(answer, /Hello/);
});

test("a URL and headers that are no UTF-8 leave the next request fine", async () => {
  for (const path of ["/?\xff\xfe=\xc3", "/%ff%fe", "/?utm_source=%ff%fe%c3", "/%"]) {
    const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: shop.example\r\nX-Country: DE\r\nUser-Agent: \xf0\x9f\r\nConnection: close\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 (?:200|400|404) /, path);
  }
  assert.ok((await visit("normal")).text.includes(GREETING));
});
