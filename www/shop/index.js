import { parseCart } from "./cart.js";
import { readCookies } from "./cookies.js";
import { CONSENT_CHOICES } from "./parts/consent.js";
import { notFound } from "./pages/not-found.js";
import { madeBefore, pageResponse, plainResponse, redirectResponse } from "./respond.js";
import { findRoute } from "./routes.js";

const MAX_FORM_BYTES = 16_384;

/** The whole shop as one function of the request; static files are served by whoever calls it. */
export async function handle(request) {
  const url = new URL(request.url);
  const { route, params } = findRoute(url.pathname);
  if (!route) return pageResponse(contextOf(request, url), notFound());
  const method = request.method === "HEAD" ? "GET" : request.method;
  const action = route[method];
  if (!action) return plainResponse(405, "This address does not answer that method.", { allow: Object.keys(route).join(", ") });

  const context = { ...contextOf(request, url), params };
  if (method === "POST") {
    const refusal = foreignForm(request, url) ?? (await readForm(request, context));
    if (refusal) return refusal;
  }
  const known = method === "GET" ? madeBefore(context) : null;
  if (known) return known;
  const outcome = await action(context);
  if (outcome === null) return pageResponse(context, notFound());
  return outcome.redirect ? redirectResponse(outcome.redirect, outcome.cookies) : pageResponse(context, outcome);
}

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/assets/") && env?.ASSETS) return env.ASSETS.fetch(request);
    return handle(request);
  },
};

function contextOf(request, url) {
  const cookies = readCookies(request.headers.get("cookie"));
  const choice = cookies.get("shop_consent");
  return {
    request,
    url,
    cookies,
    secure: url.protocol === "https:",
    cart: parseCart(cookies.get("shop_cart")),
    consent: CONSENT_CHOICES.includes(choice) ? choice : null,
  };
}

/** A form on another site must not fill a cart or place an order here. */
function foreignForm(request, url) {
  const origin = request.headers.get("origin");
  const foreign = request.headers.get("sec-fetch-site") === "cross-site" || (origin !== null && hostOf(origin) !== url.host);
  return foreign ? plainResponse(403, "Forms are accepted from this shop's own pages only.") : null;
}

async function readForm(request, context) {
  const type = request.headers.get("content-type") ?? "";
  if (!type.startsWith("application/x-www-form-urlencoded")) return plainResponse(415, "Send the form URL-encoded.");
  const text = await limitedText(request.body);
  if (text === null) return plainResponse(413, "The form is too long.");
  context.form = new URLSearchParams(text);
  return null;
}

async function limitedText(stream) {
  if (!stream) return "";
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.byteLength;
    if (length > MAX_FORM_BYTES) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function hostOf(origin) {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
