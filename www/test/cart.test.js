import assert from "node:assert/strict";
import { test } from "node:test";
import { goodsMinor, itemCount, parseCart, serializeCart } from "../shop/cart.js";
import { PRODUCTS } from "../shop/catalogue.js";
import { countryByCode, deliveryMinor } from "../shop/delivery.js";
import { decimal, euro, vatIncluded } from "../shop/money.js";
import { textOf, Visitor } from "./shop.js";

const AMOUNTS = [
  [0, "0.00", "€0.00"],
  [5, "0.05", "€0.05"],
  [490, "4.90", "€4.90"],
  [14_990, "149.90", "€149.90"],
  [123_456_789, "1234567.89", "€1,234,567.89"],
  [-490, "-4.90", "−€4.90"],
];

for (const [minor, plain, shown] of AMOUNTS) {
  test(`${minor} cents are ${plain} for machines and ${shown} for people`, () => {
    assert.equal(decimal(minor), plain);
    assert.equal(euro(minor), shown);
  });
}

test("VAT and net add up to the gross amount, to the nearest cent", () => {
  for (let gross = 0; gross < 3_000; gross++) {
    assert.equal(vatIncluded(gross), Math.round((gross * 19) / 119), `${gross}`);
  }
});

test("every price in the catalogue is a positive whole number of cents", () => {
  for (const { sku, amountMinor, wasMinor } of PRODUCTS) {
    assert.ok(Number.isSafeInteger(amountMinor) && amountMinor > 0, sku);
    assert.ok(wasMinor === undefined || wasMinor > amountMinor, sku);
  }
});

const DELIVERIES = [
  [0, "DE", "standard", 0],
  [7_499, "DE", "standard", 490],
  [7_500, "DE", "standard", 0],
  [7_500, "AT", "standard", 0],
  [7_500, "DK", "standard", 990],
  [15_000, "DK", "standard", 0],
  [99_900, "DE", "express", 990],
  [99_900, "FR", "express", 1_990],
];

for (const [goods, code, method, expected] of DELIVERIES) {
  test(`${method} delivery of ${euro(goods)} to ${code} costs ${euro(expected)}`, () => {
    assert.equal(deliveryMinor(goods, countryByCode(code), method), expected);
  });
}

const COOKIES = [
  ["kammweg-mid.bark.42:2_quell-bottle.pine:1", "kammweg-mid.bark.42:2_quell-bottle.pine:1"],
  ["", ""],
  [undefined, ""],
  ["nonsense", ""],
  ["quell-bottle.pine", ""],
  ["quell-bottle.pine:0", ""],
  ["quell-bottle.pine:-3", ""],
  ["quell-bottle.pine:1e9", ""],
  ["quell-bottle.pine:1.5", ""],
  ["quell-bottle.pine:999", "quell-bottle.pine:9"],
  ["quell-bottle.pine:99999", ""],
  ["quell-bottle.pine:1:1", ""],
  ["quell-bottle.pine:1_quell-bottle.pine:4", "quell-bottle.pine:1"],
  ["quell-bottle.black:1", ""],
  ["quell-bottle.pine.42:1", ""],
  ["kammweg-mid.bark:1", ""],
  ["kammweg-mid.bark.99:1", ""],
  ["__proto__.x:1_constructor.y:2", ""],
  ["<script>.pine:1", ""],
  ["quell-bottle.pine:1_".repeat(50_000), "quell-bottle.pine:1"],
];

for (const [cookie, kept] of COOKIES) {
  test(`of the cart cookie ${JSON.stringify(cookie)?.slice(0, 60)} the shop keeps ${JSON.stringify(kept)}`, () => {
    assert.equal(serializeCart(parseCart(cookie)), kept);
  });
}

test("adding, changing and removing keep the three cart cookies in step", async () => {
  const visitor = new Visitor();
  const added = await visitor.post("/cart/add", { sku: "kammweg-mid", colour: "pine", size: "42" });
  assert.equal(added.status, 303);
  assert.equal(added.headers.get("location"), "/cart?added=kammweg-mid.pine.42");
  await visitor.post("/cart/add", { sku: "quell-bottle", colour: "ochre" });
  await visitor.post("/cart/add", { sku: "quell-bottle", colour: "ochre" });
  assert.deepEqual(Object.fromEntries(visitor.cookies), {
    shop_cart: "kammweg-mid.pine.42:1_quell-bottle.ochre:2",
    cart_items: "3",
    cart_value: "239.70",
  });
  await visitor.post("/cart/update", { line: "quell-bottle.ochre", quantity: "5" });
  assert.equal(visitor.cookies.get("cart_value"), "314.40");
  await visitor.post("/cart/remove", { line: "kammweg-mid.pine.42" });
  assert.equal(visitor.cookies.get("cart_value"), "124.50");
  await visitor.post("/cart/update", { line: "quell-bottle.ochre", quantity: "0" });
  assert.equal(visitor.cookies.size, 0);
});

test("the sum of a cart is exact where floating point is not", () => {
  const lines = parseCart("quell-bottle.pine:3_wollgras-fleece.sand.M:7_glut-stove.steel:9");
  assert.equal(itemCount(lines), 19);
  assert.equal(goodsMinor(lines), 3 * 2_490 + 7 * 8_990 + 9 * 5_490);
});

test("what does not exist is not added", async () => {
  const visitor = new Visitor();
  const noSize = await visitor.post("/cart/add", { sku: "kammweg-mid", colour: "pine" });
  assert.equal(noSize.headers.get("location"), "/p/kammweg-mid");
  const unknown = await visitor.post("/cart/add", { sku: "//evil.example", colour: "pine" });
  assert.equal(unknown.headers.get("location"), "/cart");
  assert.equal(visitor.cookies.size, 0);
});

test("plain cookies that were tampered with are put right on the cart page", async () => {
  const visitor = new Visitor({ shop_cart: "quell-bottle.pine:2", cart_items: "99", cart_value: "0.01" });
  const text = await (await visitor.get("/cart")).text();
  assert.equal(visitor.cookies.get("cart_items"), "2");
  assert.equal(visitor.cookies.get("cart_value"), "49.80");
  assert.match(text, /data-amount="2\*24.90@quell-bottle">€49.80</);
});

test("a sum says which prices it is made of, so that it adds up in every currency", async () => {
  const cookies = { shop_cart: "quell-bottle.pine:2_alpwind-beanie.rust:1" };
  const cart = await textOf("/cart", cookies);
  assert.match(cart, /data-amount="2\*24.90@quell-bottle \+ 29.90@alpwind-beanie">€79.70</);
  const checkout = await textOf("/checkout", { shop_cart: "quell-bottle.pine:2" });
  assert.match(checkout, /data-amount="2\*24.90@quell-bottle \+ 4.90">€54.70</);
});
