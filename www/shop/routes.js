import { answer } from "./pages/answer.js";
import { addToCart, cart, removeFromCart, updateCart } from "./pages/cart.js";
import { category } from "./pages/category.js";
import { checkout, placeOrder } from "./pages/checkout.js";
import { storeConsent } from "./pages/consent.js";
import { imprint, privacy, returns, shipping } from "./pages/help.js";
import { home } from "./pages/home.js";
import { landing } from "./pages/landing.js";
import { product } from "./pages/product.js";
import { search } from "./pages/search.js";
import { thankYou } from "./pages/thank-you.js";
import { tracking } from "./pages/tracking.js";

/** Each path with what it does by method. An action gives a page, a redirect, or `null` for "not found". */
const ROUTES = [
  ["/", { GET: home }],
  ["/c/:category", { GET: category }],
  ["/search", { GET: search }],
  ["/p/:sku", { GET: product }],
  ["/cart", { GET: cart }],
  ["/cart/add", { POST: addToCart }],
  ["/cart/update", { POST: updateCart }],
  ["/cart/remove", { POST: removeFromCart }],
  ["/checkout", { GET: checkout, POST: placeOrder }],
  ["/thank-you/:order", { GET: thankYou }],
  ["/orders/:order", { GET: tracking }],
  ["/l/:campaign", { GET: landing }],
  ["/shipping", { GET: shipping }],
  ["/returns", { GET: returns }],
  ["/imprint", { GET: imprint }],
  ["/privacy", { GET: privacy }],
  ["/consent", { POST: storeConsent }],
  ["/.footlight/answer", { POST: answer }],
].map(([pattern, route]) => ({ segments: pattern.split("/"), route }));

/** Exact segments, one `:name` a segment; captures keep to plain ASCII names. */
export function findRoute(pathname) {
  const parts = pathname.split("/");
  for (const { segments, route } of ROUTES) {
    const params = capture(segments, parts);
    if (params) return { route, params };
  }
  return { route: null, params: {} };
}

function capture(segments, parts) {
  if (segments.length !== parts.length) return null;
  const params = {};
  for (const [index, segment] of segments.entries()) {
    if (!segment.startsWith(":")) {
      if (segment !== parts[index]) return null;
    } else if (/^[A-Za-z0-9-]{1,64}$/.test(parts[index])) {
      params[segment.slice(1)] = parts[index];
    } else {
      return null;
    }
  }
  return params;
}
