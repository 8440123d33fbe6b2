import { CATEGORIES } from "./catalogue.js";
import { itemCount } from "./cart.js";
import { html, trusted } from "./html.js";
import { consentBanner } from "./parts/consent.js";
import { icon, WORDMARK } from "./parts/icon.js";

/**
 * What a page gives to the layout: its words, its stage of the journey, and its sections in order.
 * @typedef {object} Page
 * @property {string} title
 * @property {string} description
 * @property {string} stage one of the journey's stages, or `other`
 * @property {unknown[]} sections each becomes a chunk of the stream
 * @property {unknown} [head] further head elements
 * @property {number} [status]
 * @property {boolean} [personal] true where the page shows the visitor's own things
 */

/** The document in the chunks in which it is sent: head, page top, each section, page end. */
export function documentChunks(page, context) {
  return [head(page, context), top(page, context), ...page.sections, end(page)].map(String);
}

function head({ title, description, head, personal }, { url }) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Firnwald</title>
<meta name="description" content="${description}">
<meta name="theme-color" content="#1f4037">
${personal ? html`<meta name="robots" content="noindex">` : html`<link rel="canonical" href="${url.origin}${url.pathname}">`}
<link rel="stylesheet" href="/assets/shop.css">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
${head}
</head>
`;
}

function top({ stage }, { url, cart, consent }) {
  const count = itemCount(cart);
  return html`<body data-stage="${stage}"${!consent && trusted(' class="asks-consent"')}>
<a class="skip" href="#main">Skip to content</a>
${!consent && consentBanner(url)}
<header class="site-header">
<div class="topline"><div class="wrap">
<p class="greeting" data-footlight-slot="greeting">Outdoor goods from the Allgäu, since 1987</p>
<p class="topline-end"><span data-footlight-slot="currency">Prices in EUR</span><a href="/shipping">Delivery</a><a href="/returns">Returns</a></p>
</div></div>
<div class="masthead wrap">
<a class="brand" href="/">${WORDMARK}</a>
${stage !== "checkout" && wayfinding(url)}
<a class="cart-link" href="/cart">${icon("cart")}<span class="cart-word">Cart</span><span class="cart-count${count === 0 && " is-empty"}">${count}<span class="visually-hidden">${count === 1 ? " item" : " items"}</span></span></a>
</div>
</header>
<aside class="notice" aria-label="Notice"><div class="wrap" data-footlight-slot="notice"><p>Free delivery from €75 in Germany and Austria <span class="notice-more">· 100 days to return · repaired in our own workshop</span></p></div></aside>
<main id="main" tabindex="-1">
`;
}

/** Left out at checkout, where there is one way only. */
function wayfinding({ pathname }) {
  return html`<nav class="main-nav" aria-label="Departments"><ul>
${CATEGORIES.map(({ id, name }) => html`<li><a href="/c/${id}"${pathname === `/c/${id}` && trusted(' aria-current="page"')}>${name}</a></li>`)}
</ul></nav>
<form class="search" action="/search" role="search"><label class="visually-hidden" for="header-search">Search the shop</label>
<input id="header-search" type="search" name="q" placeholder="Search" maxlength="80"><button aria-label="Search">${icon("search")}</button></form>
<a class="search-link" href="/search" aria-label="Search">${icon("search")}</a>`;
}

function end({ stage }) {
  return html`
</main>
<footer class="site-footer">
${stage !== "checkout" && promises()}
<div class="wrap footer-columns">
<div><a class="brand" href="/">${WORDMARK}</a><p>Boots, jackets and tents, made to be mended. Workshop and shop in Kempten, open to everybody on Saturdays.</p></div>
<nav aria-label="Shop"><h2>Shop</h2><ul>${CATEGORIES.map(({ id, name }) => html`<li><a href="/c/${id}">${name}</a></li>`)}</ul></nav>
<nav aria-label="Help"><h2>Help</h2><ul><li><a href="/shipping">Delivery and costs</a></li><li><a href="/returns">Returns and repairs</a></li><li><a href="/cart">Your cart</a></li></ul></nav>
<nav aria-label="Firnwald"><h2>Firnwald</h2><ul><li><a href="/imprint">Imprint</a></li><li><a href="/privacy">Privacy</a></li><li><a href="/l/newsletter-november">The November letter</a></li></ul></nav>
</div>
<p class="wrap small">All prices include VAT, plus delivery. Firnwald is a demonstration shop: the goods, the reviews and the workshop are invented, and nothing is sold.</p>
</footer>
</body>
</html>
`;
}

function promises() {
  const items = [
    ["truck", "Delivered in 2–4 days", "By electric van, mostly"],
    ["back", "100 days to return", "Muddy is fine"],
    ["needle", "Repairs for life", "In our own workshop"],
    ["leaf", "No fluorocarbons", "In anything, since 2016"],
  ];
  return html`<ul class="promises wrap">${items.map(([name, title, text]) => html`<li>${icon(name)}<p><b>${title}</b><br>${text}</p></li>`)}</ul>`;
}
