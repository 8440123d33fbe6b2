import assert from "node:assert/strict";
import { test } from "node:test";
import { slotsIn, Visitor } from "./shop.js";

const ADDRESS = {
  email: "anna@example.org", name: "Anna Huber", street: "Bergweg 3", postcode: "87435", city: "Kempten",
  country: "DE", method: "standard", payment: "invoice", agreed_total: "189.90",
};

const withCart = () => new Visitor({ shop_cart: "kammweg-mid.bark.42:1", cart_items: "1", cart_value: "189.90" });

test("an order empties the cart and is shown on the thank-you and the tracking page", async () => {
  const visitor = withCart();
  const placed = await visitor.post("/checkout", ADDRESS);
  assert.equal(placed.status, 303);
  const path = placed.headers.get("location");
  assert.match(path, /^\/thank-you\/FW-[0-9A-Z]{8}$/);
  assert.equal(visitor.cookies.get("last_order_value"), "189.90");
  assert.equal(visitor.cookies.has("shop_cart"), false);
  const thanks = await (await visitor.get(path)).text();
  assert.match(thanks, /1 × Kammweg Mid/);
  assert.doesNotMatch(thanks, /Anna|Bergweg|anna@/);
  const tracking = await (await visitor.get(path.replace("thank-you", "orders"))).text();
  assert.match(tracking, /Order received/);
  assert.match(tracking, /wax the leather/);
});

test("the address is kept nowhere", async () => {
  const visitor = withCart();
  await visitor.post("/checkout", ADDRESS);
  assert.doesNotMatch([...visitor.cookies.values()].join(" "), /anna|huber|bergweg|87435/i);
});

test("somebody else's order number shows no goods", async () => {
  const text = await (await new Visitor().get("/orders/FW-8K2M4Q7T")).text();
  assert.match(text, /only in the browser that ordered/);
});

test("a forged order cookie is as good as none", async () => {
  for (const shop_order of ["FW-1042", "FW-1042~9999-99-99~standard~DE~quell-bottle.pine:1", "FW-1042~2026-11-01~standard~XX~quell-bottle.pine:1", "FW-1042~2026-11-01~standard~DE~x", "~~~~", "FW-9999~2026-11-01~standard~DE~quell-bottle.pine:1"]) {
    const text = await (await new Visitor({ shop_order }).get("/thank-you/FW-1042")).text();
    assert.match(text, /This browser does not know the order/, shop_order);
  }
});

const WRONG = [
  ["email", "anna", "email"],
  ["email", "", "email"],
  ["name", " ", "name"],
  ["street", "", "street"],
  ["postcode", "1234", "postcode"],
  ["city", "", "city"],
  ["payment", "gold", "payment-invoice"],
];

for (const [name, value, field] of WRONG) {
  test(`${name} = ${JSON.stringify(value)} comes back with a message linked to #${field}`, async () => {
    const response = await withCart().post("/checkout", { ...ADDRESS, [name]: value });
    assert.equal(response.status, 422);
    const text = await response.text();
    assert.match(text, new RegExp(`<a href="#${field}">`));
    assert.match(text, new RegExp(`id="${field}"`));
    if (field === name) assert.match(text, new RegExp(`id="${name}"[^>]* aria-describedby="[^"]*${name}-error"[^>]* aria-invalid="true"`));
  });
}

test("what was typed stays in the form, escaped", async () => {
  const response = await withCart().post("/checkout", { ...ADDRESS, email: "", name: '"><script>alert(1)</script>' });
  const text = await response.text();
  assert.match(text, /value="&quot;&gt;&lt;script&gt;alert\(1\)&lt;\/script&gt;"/);
  assert.doesNotMatch(text, /<script>alert/);
});

test("a total that the visitor has not seen is asked about before it is charged", async () => {
  const visitor = new Visitor({ shop_cart: "quell-bottle.pine:1" });
  const abroad = { ...ADDRESS, country: "DK", postcode: "1050", agreed_total: "29.80" };
  const asked = await visitor.post("/checkout", abroad);
  assert.equal(asked.status, 200);
  assert.match(await asked.text(), /The total is now €34\.80/);
  const placed = await visitor.post("/checkout", { ...abroad, agreed_total: "34.80" });
  assert.equal(placed.status, 303);
});

test("a price sent along with the form changes nothing", async () => {
  const response = await withCart().post("/checkout", { ...ADDRESS, agreed_total: "0.01" });
  assert.match(await response.text(), /The total is now €189\.90/);
});

test("an empty cart has no checkout", async () => {
  assert.equal((await new Visitor().get("/checkout")).headers.get("location"), "/cart");
  assert.equal((await new Visitor().post("/checkout", ADDRESS)).headers.get("location"), "/cart");
});

test("checkout offers nothing more to buy", async () => {
  const text = await (await withCart().get("/checkout")).text();
  assert.equal(slotsIn(text).upsell, undefined);
  assert.doesNotMatch(text, /class="card"/);
});
