// `footlight serve` in front of an origin that does what origins do, and in front of a folder.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { get, open } from "./harness/http.js";
import { body, pieces, startOrigin } from "./harness/origin.js";
import { startServe } from "./harness/serve.js";

const PAGE = `<html><body><p data-footlight-slot="note"></p><div id="hero">Hello</div>
<span data-footlight-slot="price" data-amount="100">100,00 €</span></body></html>`;
const CHANGED = "CHF\u00a094.30";
const BIG = 50 << 20;

/** What the homepage can be, by the query's `page`. */
const HOMEPAGES = {
  plain: body(PAGE, { "cache-control": "public, max-age=60", etag: '"1"', "last-modified": "Fri, 20 Nov 2026 10:00:00 GMT" }),
  gzip: body(gzipSync(PAGE), { "content-encoding": "gzip" }),
  br: body(brotliCompressSync(PAGE), { "content-encoding": "br" }),
  "broken-gzip": body(gzipSync(PAGE).subarray(0, 40), { "content-encoding": "gzip" }),
  bomb: body(gzipSync(Buffer.alloc(BIG, `${PAGE.slice(0, 60)} `)), { "content-encoding": "gzip" }),
  "odd-coding": body(PAGE, { "content-encoding": "x-own" }),
  slow: pieces([[0, PAGE.slice(0, 70)], [400, PAGE.slice(70, 110)], [400, PAGE.slice(110)]]),
  latin1: body(Buffer.from(PAGE.replace("Hello", "Grüße"), "latin1"), { "content-type": "text/html; charset=iso-8859-1" }),
  utf16: body(Buffer.from(`\ufeff${PAGE}`, "utf16le"), { "content-type": "text/html" }),
  "wrong-charset": body(Buffer.from(PAGE.replace("Hello", "Grüße"), "latin1"), { "content-type": "text/html; charset=utf-8" }),
  "broken-html": body(`<div <p <<b <!-- --!><table><span data-footlight-slot=price data-amount=100>x</span><textarea><script>`),
  "not-found": body("<p>Nothing here</p>", {}, 404),
  json: body('{"a":1}', { "content-type": "application/json", etag: '"j"' }),
  csp: body(PAGE, { "content-security-policy": "default-src 'none'; script-src 'nonce-xyz'; upgrade-insecure-requests", "strict-transport-security": "max-age=9" }),
};

const PAGES = {
  "/": (request, response) => {
    const page = new URL(request.url, "http://shop").searchParams.get("page") ?? "plain";
    return HOMEPAGES[page](request, response);
  },
  "/cut": (_request, response) => {
    response.writeHead(200, { "content-type": "text/html", "content-length": "1000" });
    response.write(PAGE);
    setTimeout(() => response.destroy(), 50);
  },
  "/big": (_request, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    const chunk = Buffer.alloc(1 << 20, "<p>a paragraph of a very long page</p>\n");
    let left = 50;
    const more = () => {
      while (left > 0) {
        left -= 1;
        if (!response.write(chunk)) return response.once("drain", more);
      }
      response.end(PAGE);
    };
    more();
  },
  "/login": (request, response) => {
    response.writeHead(302, {
      location: `http://${request.headers.host}/account?x=1#top`,
      "set-cookie": ["session=1; Domain=shop.example; Path=/; HttpOnly", "b=2"],
      connection: "x-hop",
      "x-hop": "secret",
    });
    response.end();
  },
  "/elsewhere": (_request, response) => response.writeHead(302, { location: "https://pay.example/" }).end(),
  "/echo": async (request, response) => {
    let bytes = 0;
    for await (const chunk of request) bytes += chunk.length;
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, bytes }));
  },
  "/video": (request, response) => {
    assert.equal(request.headers.range, "bytes=2-4");
    response.writeHead(206, { "content-type": "text/html", "content-range": "bytes 2-4/9" });
    response.end("llo");
  },
};

const CHROME = { "user-agent": "Mozilla/5.0 (X11; Linux x64) Chrome/142.0.0.0" };
const BROWSER = { ...CHROME, "sec-fetch-dest": "document" };

let origin, serve;
before(async () => {
  origin = await startOrigin(PAGES);
  serve = await startServe({ origin: origin.url, rules: "tests/e2e/rules", args: ["--country", "CH"] });
});
after(async () => {
  assert.equal(await serve?.stop(), 0);
  origin?.stop();
});

const ask = (path, headers = {}, options = {}) => get(serve.url + path, { headers: { ...CHROME, ...headers }, ...options });

test("a page is personalized, and nothing but its edits is in it", async () => {
  const { status, text, headers } = await ask("/");
  assert.equal(status, 200);
  assert.equal(text.replace(CHANGED, "100,00 €"), PAGE);
  assert.match(headers["footlight-status"], /^personalized; bundle=[0-9a-f]{12}$/);
  assert.equal(headers.etag, undefined);
  assert.match(headers["cache-control"], /^private/);
});

test("coded pages are decoded, also when the visitor would take them coded", async () => {
  for (const path of ["/?page=gzip", "/?page=br"]) {
    const { text, headers } = await ask(path, { "accept-encoding": "gzip, br, zstd" });
    assert.match(text, new RegExp(CHANGED), path);
    assert.equal(headers["content-encoding"], undefined);
  }
  const asked = origin.requests.filter(({ url }) => url.startsWith("/?page=")).map(({ headers }) => headers["accept-encoding"]);
  assert.deepEqual([...new Set(asked)], ["gzip, br"], "what nobody here can decode is not asked for");
});

test("a coding that nobody knows passes as it is", async () => {
  const { text, headers } = await ask("/?page=odd-coding");
  assert.equal(text, PAGE);
  assert.equal(headers["content-encoding"], "x-own");
});

test("a coded page that is cut off breaks off, and 50 MB in a few bytes come through", async () => {
  assert.ok((await ask("/?page=broken-gzip")).failed);
  assert.equal((await ask("/?page=bomb")).bytes.length, BIG);
});

test("what a slow origin has sent is there before the rest", async () => {
  const started = Date.now();
  const { response } = await open(`${serve.url}/?page=slow`, CHROME);
  const [first] = await once(response, "data");
  assert.ok(Date.now() - started < 350, "the first piece waits for nothing");
  let text = String(first);
  for await (const chunk of response) text += chunk;
  assert.match(text, new RegExp(CHANGED));
});

test("a page of 50 MB comes through whole", async () => {
  const { bytes } = await ask("/big");
  assert.ok(bytes.length >= BIG);
});

test("a page that breaks off is no whole page", async () => {
  assert.ok((await ask("/cut")).failed);
});

test("other encodings: edits where ASCII is ASCII, and bytes as they are elsewhere", async () => {
  const latin1 = (await ask("/?page=latin1")).bytes.toString("latin1");
  assert.match(latin1, /Grüße/);
  assert.match(latin1, /CHF&#(?:160|xa0);94\.30/i);
  const wrong = (await ask("/?page=wrong-charset")).bytes;
  assert.ok(wrong.includes(Buffer.from("Grüße", "latin1")));
  const utf16 = Buffer.from(`\ufeff${PAGE}`, "utf16le");
  assert.deepEqual((await ask("/?page=utf16")).bytes, utf16);
  assert.deepEqual((await ask("/?page=utf16", BROWSER)).bytes, utf16, "no panel either, which would be something else there");
});

test("broken HTML is a page too", async () => {
  const { status, text } = await ask("/?page=broken-html");
  assert.equal(status, 200);
  assert.match(text, /<textarea><script>$/);
});

test("what is no page passes as it is: errors, data, parts", async () => {
  const missing = await ask("/?page=not-found", BROWSER);
  assert.deepEqual([missing.status, missing.text], [404, "<p>Nothing here</p>"]);
  assert.equal((await ask("/?page=json")).headers.etag, '"j"');
  const part = await ask("/video", { range: "bytes=2-4" });
  assert.deepEqual([part.status, part.text, part.headers["content-range"]], [206, "llo", "bytes 2-4/9"]);
});

test("HEAD has the headers and no page", async () => {
  const { text, headers, status } = await ask("/", {}, { method: "HEAD" });
  assert.deepEqual([status, text], [200, ""]);
  assert.match(headers["footlight-status"], /^personalized/);
});

test("a browser's condition is not passed on where the page may be another one", async () => {
  await ask("/", { "if-none-match": '"1"' });
  assert.equal(origin.requests.at(-1).headers["if-none-match"], undefined);
  await ask("/?page=json", { "if-none-match": '"j"' });
});

test("bodies of any size reach the shop, as sent from its own page", async () => {
  const local = { origin: serve.url, referer: `${serve.url}/cart?a=1`, "x-mine": "1" };
  const posted = await ask("/echo", local, { method: "POST", body: Buffer.alloc(BIG) });
  const { method, bytes, headers } = JSON.parse(posted.text);
  assert.deepEqual([method, bytes], ["POST", BIG]);
  assert.equal(headers.host, origin.url.slice("http://".length));
  assert.equal(headers.origin, origin.url);
  assert.equal(headers.referer, `${origin.url}/cart?a=1`);
  assert.equal(headers["x-mine"], "1");
  for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS"]) {
    assert.equal(JSON.parse((await ask("/echo", {}, { method })).text).method, method);
  }
});

test("headers of one connection stay on it", async () => {
  const { headers } = JSON.parse((await ask("/echo", { connection: "close, x-hop", "x-hop": "1", te: "trailers" })).text);
  assert.deepEqual([headers["x-hop"], headers.te], [undefined, undefined]);
});

test("redirects lead back here, cookies are kept here, and what is the connection's is not told", async () => {
  const { status, headers } = await ask("/login");
  assert.equal(status, 302);
  assert.equal(headers.location, `${serve.url}/account?x=1#top`);
  assert.deepEqual(headers["set-cookie"], ["session=1; Path=/; HttpOnly", "b=2"]);
  assert.equal(headers["x-hop"], undefined);
  assert.equal((await ask("/elsewhere")).headers.location, "https://pay.example/");
});

test("addresses that mean nothing harm nothing", async () => {
  for (const path of ["/%zz", "/%00", "/c/%ff%fe", "/..%2f..%2fetc/passwd", "/c/boots?%E0%A4%A", "//evil.example/", "/?footlight-as=%zz", "/.footlight/", "/.footlight/decide?url=http://evil.example/"]) {
    const { status } = await ask(path);
    assert.ok([200, 400, 404].includes(status), `${path} ${status}`);
  }
});

test("only this machine's own names are answered", async () => {
  const { status, text } = await ask("/", { host: "evil.example" });
  assert.equal(status, 421);
  assert.doesNotMatch(text, /hero/);
});

test("a browser gets the panel behind the page, a part of a page and a program do not", async () => {
  const { text, headers } = await ask("/", BROWSER);
  assert.ok(text.startsWith(PAGE.replace("100,00 €", CHANGED)));
  assert.match(text.slice(PAGE.length), /<script type="module"[^>]* data-page="\d+"[^>]*><\/script>\s*$/);
  assert.equal(headers["cache-control"], "no-store");
  const [, number] = /data-page="(\d+)"/.exec(text);
  const { report, cache_control: cacheControl } = JSON.parse((await ask(`/.footlight/serve/page/${number}`)).text);
  assert.deepEqual(report.slots.map(({ slot }) => slot), ["price"]);
  assert.equal(report.explanation.rules.find(({ slot }) => slot === "price").outcome, "won");
  assert.match(cacheControl, /^private/);
  assert.equal((await ask("/", { ...CHROME, "sec-fetch-dest": "iframe" })).text.length, text.indexOf("\n<script"));
});

test("a page's security policy holds here, and lets the panel in", async () => {
  const { text, headers } = await ask("/?page=csp", BROWSER);
  assert.equal(headers["content-security-policy"], "default-src 'self'; script-src 'nonce-xyz' 'self'");
  assert.match(text, /nonce="xyz"/);
  assert.equal(headers["strict-transport-security"], undefined);
});

test("explanations need no token here, and the shop sees nothing of them", async () => {
  const { stage, explanation } = JSON.parse((await ask("/?footlight=explain")).text);
  assert.equal(stage, "homepage");
  assert.ok(explanation.rules.length > 0);
  assert.equal(origin.requests.at(-1).url, "/");
  const { text } = await ask("/", { cookie: "a=1; footlight-as=country%3AUS%2Crule%3Ahome-hero-germany" });
  assert.match(text, /Grüße/);
  assert.equal(origin.requests.at(-1).headers.cookie, "a=1");
});

test("answers are remembered, and taken from the shop's own pages only", async () => {
  const form = { "content-type": "application/x-www-form-urlencoded", cookie: "consent=all" };
  const options = { method: "POST", body: "question=activity&answer=hiking&return=//evil.example/" };
  const taken = await ask("/.footlight/answer", { ...form, origin: serve.url }, options);
  assert.deepEqual([taken.status, taken.headers.location], [303, "/"]);
  assert.match(taken.headers["set-cookie"][0], /^__Host-footlight=.*; Secure; HttpOnly; SameSite=Lax$/);
  assert.equal((await ask("/.footlight/answer", { ...form, origin: "https://evil.example" }, options)).status, 403);
  assert.equal((await ask("/.footlight/answer", { cookie: "consent=essential", "content-type": form["content-type"] }, options)).status, 403);
  assert.equal((await ask("/.footlight/answer", form, { method: "POST", body: "x".repeat(5000) })).status, 413);
  assert.equal((await ask("/.footlight/answer", form)).status, 405);
});

test("a thousand requests at once all get their page", async () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1000 });
  const one = () =>
    new Promise((resolve, reject) => {
      const request = http.get(`${serve.url}/`, { agent, headers: CHROME }, async (response) => {
        let text = "";
        for await (const chunk of response) text += chunk;
        resolve(text);
      });
      request.on("error", reject);
    });
  const texts = await Promise.all(Array.from({ length: 1000 }, one));
  agent.destroy();
  assert.deepEqual([...new Set(texts)], [PAGE.replace("100,00 €", CHANGED)]);
});

test("a connection that the shop ended meanwhile costs nobody a page", async () => {
  // As if its end and the next request had met on the way: the second request on a connection gets no answer.
  const used = new WeakSet();
  const shop = http.createServer((request, response) => {
    if (used.has(request.socket)) return request.socket.destroy();
    used.add(request.socket);
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(PAGE);
  });
  shop.listen(0, "127.0.0.1");
  await once(shop, "listening");
  const local = await startServe({ origin: `http://127.0.0.1:${shop.address().port}`, rules: "tests/e2e/rules" });
  try {
    for (let request = 0; request < 10; request += 1) assert.equal((await get(`${local.url}/`)).status, 200);
    const twice = [await get(`${local.url}/`, { method: "POST", body: "a" }), await get(`${local.url}/`, { method: "POST", body: "a" })];
    assert.ok(twice.some(({ status }) => status === 502), "an order is not placed twice");
  } finally {
    await local.stop();
    shop.closeAllConnections();
    shop.close();
  }
});

test("websockets are passed on", async () => {
  const shop = http.createServer();
  shop.on("upgrade", (_request, socket) => {
    socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n");
    socket.on("data", (data) => socket.write(`echo ${data}`));
    socket.on("end", () => socket.end());
  });
  shop.listen(0, "127.0.0.1");
  await once(shop, "listening");
  const local = await startServe({ origin: `http://127.0.0.1:${shop.address().port}`, rules: "tests/e2e/rules" });
  try {
    const request = http.get(`${local.url}/socket`, { headers: { connection: "upgrade", upgrade: "websocket" } });
    const [response, socket] = await once(request, "upgrade");
    assert.equal(response.statusCode, 101);
    socket.write("hello");
    assert.equal(String((await once(socket, "data"))[0]), "echo hello");
    socket.destroy();
  } finally {
    assert.equal(await local.stop(), 0, "an open socket keeps nobody from stopping");
    shop.closeAllConnections();
    shop.close();
  }
});

test("a shop behind TLS is asked over TLS, if this machine trusts it", { skip: hasOpenssl() ? false : "needs openssl" }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "footlight-tls-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const names = ["-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"];
  const made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=shop"];
  execFileSync("openssl", [...made, ...names, "-keyout", key, "-out", cert], { stdio: "ignore" });
  const shop = https.createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    const host = request.headers.host;
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "set-cookie": `told=${request.headers.authorization ?? ""}` });
    response.end(PAGE.replace("Hello", `https://${host}`));
  });
  shop.listen(0, "127.0.0.1");
  await once(shop, "listening");
  const address = `127.0.0.1:${shop.address().port}`;
  const options = { rules: "tests/e2e/rules", args: ["--country", "CH"] };
  const trusting = await startServe({ ...options, origin: `https://me:secret@${address}`, env: { SSL_CERT_FILE: cert } });
  const wary = await startServe({ ...options, origin: `https://${address}` });
  try {
    const { text, headers } = await get(`${trusting.url}/`, { headers: CHROME });
    assert.match(text, new RegExp(`https://${address}`));
    assert.match(text, new RegExp(CHANGED));
    assert.equal(headers["set-cookie"][0], `told=Basic ${btoa("me:secret")}`);
    const refused = await get(`${wary.url}/`, { headers: CHROME });
    assert.equal(refused.status, 502);
    assert.match(refused.text, /invalid peer certificate/);
  } finally {
    await Promise.all([trusting.stop(), wary.stop()]);
    shop.closeAllConnections();
    shop.close();
    rmSync(folder, { recursive: true });
  }
});

function hasOpenssl() {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

test("a shop that is not there is said so, on a page for people", async () => {
  const local = await startServe({ origin: "http://127.0.0.1:9", rules: "tests/e2e/rules" });
  try {
    const { status, text, headers } = await get(`${local.url}/`);
    assert.equal(status, 502);
    assert.match(headers["content-type"], /text\/html/);
    assert.match(text, /The shop at http:\/\/127\.0\.0\.1:9 gives no answer: nobody listens there\. Is the shop running\?/);
  } finally {
    await local.stop();
  }
});

test("what cannot be served is said so at the beginning", async () => {
  const taken = new URL(serve.url).port;
  const table = [
    [{ origin: "/no/such/folder" }, /cannot read `\/no\/such\/folder`/],
    [{ origin: `${origin.url}/shop` }, /cannot be used for `--origin`; write an address without a path/],
    [{ origin: "https://me:secret@shop.example/path" }, /`https:\/\/…@shop\.example\/path` cannot be used/],
    [{ rules: "tests" }, /there are no rules in `tests`/],
    [{ args: ["--at", "noon"] }, /`noon` is no point in time/],
    [{ args: ["--port", taken] }, /something listens on 127\.0\.0\.1:\d+ already; choose another port/],
  ];
  for (const [what, message] of table) {
    const options = { origin: origin.url, rules: "tests/e2e/rules", ...what };
    await assert.rejects(startServe(options), (error) => message.test(error.message) && !error.message.includes("secret"), `${message}`);
  }
});

test("a folder of pages is a shop, and nothing outside it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "footlight-shop-"));
  const shop = join(folder, "shop");
  mkdirSync(join(shop, "c"), { recursive: true });
  writeFileSync(join(folder, "secret.html"), "secret");
  writeFileSync(join(shop, "index.html"), PAGE);
  writeFileSync(join(shop, "c", "boots.html"), PAGE);
  writeFileSync(join(shop, "c", "index.html"), Buffer.from("<p>Grüße", "latin1"));
  writeFileSync(join(shop, "style.css"), "p { color: red }");
  symlinkSync(join(folder, "secret.html"), join(shop, "link.html"));
  const local = await startServe({ origin: shop, rules: "tests/e2e/rules", args: ["--country", "CH"] });
  const ask = (path, options = {}) => get(local.url + path, { ...options, headers: { ...CHROME, ...options.headers } });
  try {
    for (const path of ["/", "/index.html", "/c/boots", "/c/boots.html"]) {
      const { status, headers, text } = await ask(path);
      assert.deepEqual([status, headers["content-type"]], [200, "text/html; charset=utf-8"], path);
      if (path === "/") assert.match(text, new RegExp(CHANGED), path);
    }
    assert.deepEqual([(await ask("/c")).status, (await ask("/c")).headers.location], [301, "/c/"]);
    assert.equal((await ask("/c/")).headers["content-type"], "text/html", "what is no UTF-8 says itself what it is");
    assert.equal((await ask("/style.css")).headers["content-type"], "text/css");
    assert.equal((await ask("/style.css", { headers: { range: "bytes=0-0" } })).text, "p");
    for (const path of ["/../secret.html", "/%2e%2e/secret.html", "/..%2fsecret.html", "/c/..%5c..%5csecret.html", "/link.html", "/link", "/.git/config", "/%00", "/c%2f..%2f..%2fsecret.html"]) {
      const response = await ask(path);
      assert.equal(response.status, 404, path);
      assert.doesNotMatch(response.text, /secret/);
    }
    assert.equal((await ask("//c")).headers.location, "/c/");
    assert.equal((await ask("/", { method: "POST", body: "a" })).status, 405);
  } finally {
    await local.stop();
    rmSync(folder, { recursive: true });
  }
});

test("rules that never compiled leave the shop as it is, and the panel says why", async () => {
  const rules = mkdtempSync(join(tmpdir(), "footlight-rules-"));
  cpSync(new URL("rules", import.meta.url), rules, { recursive: true });
  writeFileSync(join(rules, "homepage.toml"), Buffer.from("[[rule]\r\nid = \"Gr\xfc\xdfe\"", "latin1"));
  const local = await startServe({ origin: origin.url, rules });
  try {
    const { text, headers } = await get(`${local.url}/`, { headers: CHROME });
    assert.equal(text, PAGE);
    assert.equal(headers["footlight-status"], undefined);
    assert.match((await get(`${local.url}/`, { headers: BROWSER })).text, /<script type="module"/);
    assert.equal((await get(`${local.url}/?footlight=explain`)).status, 503);
    assert.match(local.said.join(""), /error/);
  } finally {
    await local.stop();
    rmSync(rules, { recursive: true });
  }
});

test("rules that stop compiling change nothing but what is said of them", async () => {
  const rules = mkdtempSync(join(tmpdir(), "footlight-rules-"));
  cpSync(new URL("rules", import.meta.url), rules, { recursive: true });
  const local = await startServe({ origin: origin.url, rules, args: ["--country", "DE"] });
  try {
    const { response } = await open(`${local.url}/.footlight/serve/events`);
    const events = [];
    response.on("data", (data) => events.push(...[...String(data).matchAll(/data: (.*)\n/g)].map(([, json]) => JSON.parse(json))));
    const until = async (holds) => {
      const deadline = Date.now() + 10_000;
      while (!events.some(holds)) {
        assert.ok(Date.now() < deadline, JSON.stringify(events));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return events.find(holds);
    };
    const { version } = await until(() => true);
    const page = async () => (await get(`${local.url}/`, { headers: CHROME })).text;
    assert.match(await page(), /Grüße/);

    writeFileSync(join(rules, "content/hero/germany.html"), "<p>{{ geo.contry }}</p>\n");
    const broken = await until(({ errors }) => errors > 0);
    assert.equal(broken.version, version);
    assert.match(broken.findings, /error\[unknown-signal\]: there is no signal `geo\.contry`\n +--> /);
    assert.match(await page(), /Grüße/, "the last good rules");
    assert.match((await get(`${local.url}/`, { headers: CHROME })).headers["footlight-status"], /; refused=errors$/);

    const saved = Date.now();
    writeFileSync(join(rules, "content/hero/germany.html"), "<p>Servus</p>\n");
    await until(({ errors, version: now }) => errors === 0 && now !== version);
    assert.ok(Date.now() - saved < 3_000);
    assert.match(await page(), /Servus/);
    response.destroy();
  } finally {
    await local.stop();
    rmSync(rules, { recursive: true });
  }
});
