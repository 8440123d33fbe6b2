import { cartCookies, goodsMinor, lineFor, MAX_QUANTITY, quantityOf, withQuantity } from "../cart.js";
import { drawing, productBySku, SMALL_THINGS } from "../catalogue.js";
import { html } from "../html.js";
import { vatIncluded } from "../money.js";
import { cards } from "../parts/card.js";
import { amount, total } from "../parts/price.js";
import { shippingBlock } from "../parts/shipping.js";

export function cart(context) {
  const { cart: lines, secure, url } = context;
  return {
    title: "Cart",
    description: "Your cart",
    stage: "cart",
    personal: true,
    cookies: cookiesOutOfStep(context) ? cartCookies(lines, secure) : [],
    sections: [lines.length ? filled(lines, url) : empty(), upsell(lines)],
  };
}

export function addToCart({ form, cart: lines, secure }) {
  const parts = [form.get("sku"), form.get("colour"), form.get("size")].filter((part) => part !== null);
  const key = parts.join(".");
  const product = productBySku(form.get("sku"));
  if (!lineFor(key)) return { redirect: product ? `/p/${product.sku}` : "/cart" };
  const next = withQuantity(lines, key, quantityOf(lines, key) + 1);
  return { redirect: `/cart?added=${key}`, cookies: cartCookies(next, secure) };
}

export function updateCart({ form, cart: lines, secure }) {
  const quantity = form.get("quantity") ?? "";
  if (!/^[0-9]{1,3}$/.test(quantity)) return { redirect: "/cart" };
  return changed(lines, form.get("line"), Number(quantity), secure);
}

export function removeFromCart({ form, cart: lines, secure }) {
  return changed(lines, form.get("line"), 0, secure);
}

function changed(lines, key, quantity, secure) {
  const next = quantityOf(lines, key) === 0 ? lines : withQuantity(lines, key, quantity);
  return { redirect: "/cart", cookies: cartCookies(next, secure) };
}

/** After tampering, or when the catalogue dropped an article, the plain cookies are put right. */
function cookiesOutOfStep({ cart: lines, cookies, secure }) {
  const wanted = cartCookies(lines, secure).map((cookie) => cookie.split(";", 1)[0]);
  return ["shop_cart", "cart_items", "cart_value"].some((name, index) => {
    const present = cookies.get(name);
    return lines.length ? `${name}=${present}` !== wanted[index] : present !== undefined;
  });
}

function filled(lines, url) {
  const added = lines.find(({ key }) => key === url.searchParams.get("added"));
  return html`
<div class="wrap section page-top cart">
<div class="cart-lines"><h1>Your cart</h1>
${added && html`<p class="flash" role="status">${added.product.name} is in your cart.</p>`}
<ul class="lines">${lines.map(row)}</ul></div>
${summary(lines)}</div>`;
}

function row(line) {
  const { key, product, colour, size, quantity } = line;
  const id = `quantity-${key.replaceAll(".", "-")}`;
  return html`<li class="line" data-sku="${product.sku}">
<a class="tile" href="/p/${product.sku}?colour=${colour.id}" tabindex="-1" aria-hidden="true"><img src="${drawing(product, colour)}" width="600" height="600" alt=""></a>
<div><h2><a href="/p/${product.sku}?colour=${colour.id}">${product.name}</a></h2><p class="soft">${product.kind} · ${colour.name}${size && ` · ${size}`}</p>
<div class="line-forms"><form method="post" action="/cart/update"><input type="hidden" name="line" value="${key}"><label for="${id}">Quantity</label>
<select id="${id}" name="quantity">${Array.from({ length: MAX_QUANTITY }, (_, index) => html`<option${index + 1 === quantity && " selected"}>${index + 1}</option>`)}</select><button class="button-small">Update</button></form>
<form method="post" action="/cart/remove"><input type="hidden" name="line" value="${key}"><button class="link-button">Remove<span class="visually-hidden"> ${product.name}</span></button></form></div></div>
<p class="line-price">${total([line])}</p></li>`;
}

function summary(lines) {
  return html`<aside class="summary" aria-labelledby="summary"><h2 id="summary">Summary</h2>
<dl><div><dt>Delivery</dt><dd>by country, at checkout</dd></div>
<div class="total"><dt>Goods</dt><dd>${total(lines)}</dd></div></dl>
<p class="tax-note" data-footlight-slot="tax-note">incl. ${amount(vatIncluded(goodsMinor(lines)))} VAT</p>
${shippingBlock()}
<a class="button button-wide" href="/checkout">To checkout</a><p class="soft small">You can change everything there once more.</p></aside>`;
}

function empty() {
  return html`<section class="wrap section page-top empty-cart"><h1>Your cart is empty</h1><p>Time to fill it, or to go for a walk instead.</p><p><a class="button" href="/c/boots">See boots</a> <a class="button button-quiet" href="/c/jackets">See jackets</a></p>${shippingBlock()}</section>`;
}

function upsell(lines) {
  const inCart = new Set(lines.map(({ product }) => product.sku));
  const others = SMALL_THINGS.filter((sku) => !inCart.has(sku)).slice(0, 4);
  return html`
<section class="wrap section upsell" aria-labelledby="upsell" data-footlight-slot="upsell"><h2 id="upsell">Often in the same parcel</h2>${cards(others.map(productBySku))}</section>`;
}
