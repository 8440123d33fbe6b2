import { documentChunks } from "./layout.js";

const SECURITY = {
  "content-security-policy":
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
  "referrer-policy": "strict-origin-when-cross-origin",
  "x-content-type-options": "nosniff",
};

/** Pages with nothing personal but an empty cart, made once with and once without the consent banner. */
const made = new Map();
const MADE_LIMIT = 128;

/** The page as it was made before, or `null`. */
export function madeBefore(context) {
  const entry = context.cart.length === 0 ? made.get(memoKey(context)) : undefined;
  return entry ? generalResponse(context, entry) : null;
}

/** Sends a page in its chunks. */
export async function pageResponse(context, page) {
  const { cart, request, url } = context;
  const status = page.status ?? 200;
  const chunks = encode(documentChunks(page, context));
  if (!page.personal && status === 200 && cart.length === 0) {
    const entry = { chunks, etag: await etagOf(chunks) };
    if (made.size < MADE_LIMIT && ["", "?all=1"].includes(url.search)) made.set(memoKey(context), entry);
    return generalResponse(context, entry);
  }
  const headers = pageHeaders(page.personal ? "private, no-store" : "private, no-cache");
  for (const cookie of page.cookies ?? []) headers.append("set-cookie", cookie);
  return new Response(body(request, chunks), { status, headers });
}

/** Public for a visitor who has not chosen about cookies either; the choice itself is already personal. */
function generalResponse({ request, consent }, { chunks, etag }) {
  if (consent) return new Response(body(request, chunks), { headers: pageHeaders("private, no-cache") });
  const headers = pageHeaders("public, max-age=60");
  headers.set("etag", etag);
  if (matches(request.headers.get("if-none-match"), etag)) {
    headers.delete("content-type");
    return new Response(null, { status: 304, headers });
  }
  return new Response(body(request, chunks), { headers });
}

/** Every page shows the cart's count and asks for consent by cookie, so every page says `Vary: Cookie`. */
function pageHeaders(cacheControl) {
  return new Headers({ ...SECURITY, "content-type": "text/html; charset=utf-8", vary: "Cookie", "cache-control": cacheControl });
}

/** After a form: 303, so that a reload never repeats it. */
export function redirectResponse(location, cookies = []) {
  const headers = new Headers({ ...SECURITY, location, "cache-control": "no-store" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

/** For requests that no page of ours makes. */
export function plainResponse(status, text, more = {}) {
  const headers = { ...SECURITY, "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", ...more };
  return new Response(`${text}\n`, { status, headers });
}

function memoKey({ url, consent }) {
  return `${consent ? "chosen" : "asking"} ${url.origin}${url.pathname}${url.search}`;
}

/** A strong validator over the very bytes. */
async function etagOf(chunks) {
  const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `"${[...digest.slice(0, 12)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}"`;
}

/** RFC 9110 section 13.1.2: weak comparison, so that an edge may have weakened ours. */
function matches(ifNoneMatch, etag) {
  const candidates = (ifNoneMatch ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return candidates.includes(etag) || candidates.includes("*");
}

function encode(chunks) {
  const encoder = new TextEncoder();
  return chunks.map((chunk) => encoder.encode(chunk));
}

function body(request, chunks) {
  if (request.method === "HEAD") return null;
  let next = 0;
  return new ReadableStream({
    type: "bytes",
    pull(controller) {
      if (next < chunks.length) controller.enqueue(chunks[next++].slice());
      if (next === chunks.length) {
        controller.close();
        controller.byobRequest?.respond(0);
      }
    },
  });
}
