import assert from "node:assert/strict";
import { test } from "node:test";
import { CAMPAIGNS } from "../shop/campaigns.js";
import { CATEGORIES, PRODUCTS } from "../shop/catalogue.js";
import { handle } from "../shop/index.js";
import { slotsIn, textOf, Visitor } from "./shop.js";

const CART = { shop_cart: "kammweg-mid.bark.42:1", cart_items: "1", cart_value: "189.90" };

const PAGES = [
  ["/", {}, "homepage", ["hero", "hero-preload", "recommendations"]],
  ["/c/boots", {}, "category", ["hero", "hero-preload", "guide", "tax-note"]],
  ["/p/kammweg-mid", {}, "product", ["price", "tax-note", "shipping", "assurance"]],
  ["/cart", CART, "cart", ["price", "tax-note", "shipping", "upsell"]],
  ["/cart", {}, "cart", ["shipping", "upsell"]],
  ["/checkout", CART, "checkout", ["price", "tax-note", "shipping", "express"]],
  ["/thank-you/FW-1042", {}, "thank-you", ["thanks"]],
  ["/orders/FW-1042", {}, "post-purchase", ["care"]],
  ["/l/winter-hiking", {}, "pre-entry", ["hero", "hero-preload", "price"]],
  ["/search?q=boot", {}, "other", ["price"]],
  ["/returns", {}, "other", []],
];

for (const [path, cookies, stage, slots] of PAGES) {
  test(`${path} ${cookies.cart_items ? "with a cart " : ""}is the stage ${stage} and has its slots`, async () => {
    const text = await textOf(path, cookies);
    assert.match(text, new RegExp(`<body data-stage="${stage}"`));
    const counts = slotsIn(text);
    for (const slot of ["greeting", "notice", "currency", ...slots]) assert.ok(counts[slot] >= 1, `slot ${slot}`);
    for (const slot of ["hero", "hero-preload", "greeting", "notice", "currency", "shipping", "upsell", "guide"]) {
      assert.ok((counts[slot] ?? 0) <= 1, `slot ${slot} once`);
    }
  });
}

test("every category, product, campaign and help page answers with a whole document", async () => {
  const paths = [
    ...CATEGORIES.map(({ id }) => `/c/${id}`),
    ...PRODUCTS.flatMap(({ sku, colours }) => colours.map(({ id }) => `/p/${sku}?colour=${id}`)),
    ...CAMPAIGNS.map(({ id }) => `/l/${id}`),
    ...["/shipping", "/returns", "/imprint", "/privacy", "/search"],
  ];
  for (const path of paths) {
    const response = await new Visitor().get(path);
    const text = await response.text();
    assert.equal(response.status, 200, path);
    assert.match(text, /^<!doctype html>\n<html lang="en">/, path);
    assert.match(text, /<\/html>\n$/, path);
    assert.equal(text.match(/<h1[ >]/g).length, 1, `one h1 on ${path}`);
    assert.doesNotMatch(text, /undefined|\[object|NaN/, path);
  }
});

for (const path of ["/nope", "/c/hats", "/p/none", "/p/", "/l/none", "/orders/42", "/thank-you/<b>", "/c/boots/x", "/C/boots", "//", "/p/kammweg-mid/"]) {
  test(`${path} is not found`, async () => {
    const response = await new Visitor().get(path);
    assert.equal(response.status, 404);
    assert.match(await response.text(), /There is no path here/);
  });
}

test("a wrong method gets 405 with the right ones", async () => {
  const response = await new Visitor().get("/cart/add");
  assert.equal(response.status, 405);
  assert.equal(response.headers.get("allow"), "POST");
});

test("HEAD answers as GET does, without a body", async () => {
  const response = await handle(new Request("https://shop.example/", { method: "HEAD" }));
  assert.equal(response.status, 200);
  assert.equal(await response.text(), "");
});

test("a page comes in several chunks, the head first", async () => {
  const response = await new Visitor().get("/p/regenwand-3l");
  const chunks = [];
  for await (const chunk of response.body) chunks.push(new TextDecoder().decode(chunk));
  assert.ok(chunks.length >= 4);
  assert.match(chunks[0], /<\/head>\n$/);
});

test("the list of every variant is the listing page of the benchmarks", async () => {
  const text = await textOf("/c/boots?all=1");
  assert.equal(slotsIn(text).price >= 200, true);
  assert.ok(text.length > 170_000 && text.length < 215_000, `${text.length} bytes`);
});

test("prices that machines read are the base price, in the base currency", async () => {
  const text = await textOf("/p/kammweg-mid");
  assert.match(text, /<meta property="product:price:amount" content="189.90">/);
  assert.match(text, /"price":"189.90","priceCurrency":"EUR"/);
  assert.match(text, /<span class="price" data-footlight-slot="price" data-amount="189.90" data-sku="kammweg-mid">€189.90<\/span>/);
  assert.match(text, /data-stock="24"/);
});

test("the preloaded picture is the hero's picture", async () => {
  for (const path of ["/", "/c/tents", "/l/newsletter-november"]) {
    const text = await textOf(path);
    const preload = text.match(/rel="preload" as="image" href="([^"]+)" imagesrcset="([^"]+)"/);
    const image = text.match(/data-footlight-part="image" src="([^"]+)" srcset="([^"]+)"/);
    assert.deepEqual(preload.slice(1), image.slice(1), path);
    for (const part of ["headline", "text", "cta"]) assert.ok(text.includes(`data-footlight-part="${part}"`), `${part} on ${path}`);
  }
});
