/** The generic shop on Node, without the edge: `node serve.js [PORT] [HOST]`. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { handle } from "./shop/index.js";

const PUBLIC = fileURLToPath(new URL("./public", import.meta.url));

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".js": "text/javascript; charset=utf-8",
  ".html": "text/html; charset=utf-8",
};

export function shopServer() {
  return createServer(async (incoming, outgoing) => {
    try {
      const request = toRequest(incoming);
      const response = request ? await respond(request) : new Response("This is no request for a page.\n", { status: 400 });
      await send(outgoing, response, incoming.method);
    } catch (error) {
      // A visitor who goes away mid-page is no fault of ours.
      if (outgoing.destroyed) return;
      console.error(error);
      if (!outgoing.headersSent) outgoing.writeHead(500);
      outgoing.end();
    }
  });
}

async function respond(request) {
  const { pathname } = new URL(request.url);
  return pathname.startsWith("/assets/") ? staticFile(request, pathname) : handle(request);
}

async function staticFile(request, pathname) {
  if (!["GET", "HEAD"].includes(request.method)) return new Response(null, { status: 405, headers: { allow: "GET, HEAD" } });
  const path = normalize(join(PUBLIC, pathname));
  const type = TYPES[extname(path)];
  const bytes = type && path.startsWith(join(PUBLIC, "assets")) ? await readFile(path).catch(() => null) : null;
  if (!bytes) return new Response("There is no such file.\n", { status: 404 });
  const etag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, 24)}"`;
  const headers = { "content-type": type, "cache-control": "public, max-age=3600", etag, "x-content-type-options": "nosniff" };
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  return new Response(bytes, { headers });
}

/** `null` for what the platform's own Request refuses: a broken address, TRACE, a forbidden header. */
function toRequest(incoming) {
  try {
    return requestFrom(incoming);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function requestFrom(incoming) {
  const headers = new Headers();
  for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
    headers.append(incoming.rawHeaders[index], incoming.rawHeaders[index + 1]);
  }
  const hasBody = !["GET", "HEAD"].includes(incoming.method);
  return new Request(`http://${incoming.headers.host ?? "localhost"}${incoming.url}`, {
    method: incoming.method,
    headers,
    ...(hasBody && { body: Readable.toWeb(incoming), duplex: "half" }),
  });
}

async function send(outgoing, response, method) {
  const headers = Object.fromEntries(response.headers);
  const cookies = response.headers.getSetCookie();
  if (cookies.length) headers["set-cookie"] = cookies;
  outgoing.writeHead(response.status, headers);
  if (method === "HEAD" || !response.body) return outgoing.end();
  await pipeline(Readable.fromWeb(response.body), outgoing);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [port = "8788", host = "127.0.0.1"] = process.argv.slice(2);
  const server = shopServer().listen(Number(port), host, () => {
    console.log(`Shop without the edge: http://${host}:${server.address().port}/`);
  });
}
