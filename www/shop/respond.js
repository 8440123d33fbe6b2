import { documentChunks } from "./layout.js";

const SECURITY = {
  "content-security-policy":
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
  "referrer-policy": "strict-origin-when-cross-origin",
  "x-content-type-options": "nosniff",
};

/** Pages that are the same for every visitor without cookies, made once; bounded by its size. */
const made = new Map();
const MADE_LIMIT = 64;

/**
 * Sends a page in its chunks. Every page shows the cart's count and asks for consent by cookie, so every
 * page says `Vary: Cookie`; only a page for a visitor who has neither cart nor choice is public.
 */
export async function pageResponse(context, page) {
  const { cart, consent, request } = context;
  const status = page.status ?? 200;
  const shared = !page.personal && status === 200 && cart.length === 0 && !consent;
  const headers = new Headers({ ...SECURITY, "content-type": "text/html; charset=utf-8", vary: "Cookie" });
  for (const cookie of page.cookies ?? []) headers.append("set-cookie", cookie);
  if (!shared) {
    headers.set("cache-control", page.personal ? "private, no-store" : "private, no-cache");
    return new Response(body(request, encode(documentChunks(page, context))), { status, headers });
  }
  const { chunks, etag } = await made.get(memoKey(context)) ?? await remember(context, page);
  headers.set("cache-control", "public, max-age=60");
  headers.set("etag", etag);
  if (matches(request.headers.get("if-none-match"), etag)) {
    headers.delete("content-type");
    return new Response(null, { status: 304, headers });
  }
  return new Response(body(request, chunks), { status, headers });
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

async function remember(context, page) {
  const chunks = encode(documentChunks(page, context));
  const entry = { chunks, etag: await etagOf(chunks) };
  const { search } = context.url;
  if (made.size < MADE_LIMIT && (search === "" || search === "?all=1")) made.set(memoKey(context), entry);
  return entry;
}

function memoKey({ url }) {
  return url.origin + url.pathname + url.search;
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
