import { cartCookies, goodsMinor } from "../cart.js";
import { checkForm, emptyForm } from "../checkout-form.js";
import { setCookie } from "../cookies.js";
import { COUNTRIES, countryByCode, deliveryMinor, METHODS } from "../delivery.js";
import { html } from "../html.js";
import { decimal, euro, vatIncluded } from "../money.js";
import { newOrder, serializeOrder } from "../order.js";
import { icon } from "../parts/icon.js";
import { amount, total } from "../parts/price.js";
import { shippingBlock } from "../parts/shipping.js";

const NINETY_DAYS = 90 * 24 * 3600;

const PAYMENTS = [
  { id: "invoice", name: "Invoice, after the goods have arrived" },
  { id: "card", name: "Credit or debit card" },
  { id: "debit", name: "Direct debit" },
];

export function checkout({ cart }) {
  return cart.length ? checkoutPage(cart, emptyForm(), []) : { redirect: "/cart" };
}

/**
 * Places the order, unless a field is wrong, or the total is not the one that the visitor saw: another
 * country, express, or a cart changed in another window. Then the form comes back with the new total.
 */
export function placeOrder({ form, cart, secure }) {
  if (cart.length === 0) return { redirect: "/cart" };
  const { values, errors } = checkForm(form, PAYMENTS);
  if (errors.length) return { ...checkoutPage(cart, values, errors), status: 422 };
  const total = totals(cart, values).totalMinor;
  if (form.get("agreed_total") !== decimal(total)) {
    return checkoutPage(cart, values, [], `The total is now ${euro(total)}. Please look at it and order again.`);
  }
  const order = newOrder(cart, values);
  return {
    redirect: `/thank-you/${order.number}`,
    cookies: [
      ...cartCookies([], secure),
      setCookie("shop_order", serializeOrder(order), { maxAgeSeconds: NINETY_DAYS, secure }),
      setCookie("last_order_value", decimal(goodsMinor(cart)), { maxAgeSeconds: NINETY_DAYS, secure, readable: true }),
    ],
  };
}

function totals(cart, { country, method }) {
  const goods = goodsMinor(cart);
  const to = countryByCode(country) ?? countryByCode("DE");
  const delivery = deliveryMinor(goods, to, method);
  return { goods, delivery, to, totalMinor: goods + delivery };
}

function checkoutPage(cart, values, errors, change) {
  return {
    title: errors.length ? "Please check your entries" : "Checkout",
    description: "Checkout",
    stage: "checkout",
    personal: true,
    sections: [html`
<div class="wrap section page-top checkout"><form method="post" action="/checkout" novalidate class="checkout-form">
<h1>Checkout</h1>
<div class="express" data-footlight-slot="express">${icon("lock")}<p><b>Three short steps, no account</b><br>Encrypted. We ask only for what the parcel needs.</p></div>
${errors.length > 0 && errorSummary(errors)}
${change && html`<p class="flash" role="alert" id="change">${change}</p>`}
${address(values, errors)}`, html`${methods(values)}${payment(values, errors)}
${summary(cart, values)}</form></div>`],
  };
}

function errorSummary(errors) {
  return html`<div class="errors" role="alert" tabindex="-1"><h2>${errors.length === 1 ? "One entry needs" : `${errors.length} entries need`} another look</h2><ul>${errors.map(({ field, message }) => html`<li><a href="#${field}">${message}</a></li>`)}</ul></div>`;
}

function address(values, errors) {
  const input = (name, label, autocomplete, more = {}) => field({ name, label, autocomplete, values, errors, ...more });
  return html`<fieldset><legend>Where to</legend>
${input("email", "E-mail", "email", { type: "email", hint: "For the confirmation and the tracking link, nothing else." })}
${input("name", "Full name", "name")}
${input("street", "Street and number", "street-address")}
<div class="field-row">${input("postcode", "Postcode", "postal-code", { short: true })}${input("city", "Town", "address-level2")}</div>
<div class="field"><label for="country">Country</label><select id="country" name="country" autocomplete="country">${COUNTRIES.map(({ code, name }) => html`<option value="${code}"${code === values.country && " selected"}>${name}</option>`)}</select></div></fieldset>`;
}

function field({ name, label, autocomplete, type = "text", hint, short, values, errors }) {
  const error = errors.find(({ field }) => field === name);
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(" ");
  return html`<div class="field${short && " field-short"}${error && " has-error"}"><label for="${name}">${label}</label>
${error && html`<p class="field-error" id="${name}-error">${error.message}</p>`}
<input id="${name}" name="${name}" type="${type}" value="${values[name]}" autocomplete="${autocomplete}" maxlength="120" required${described && html` aria-describedby="${described}"`}${error && html` aria-invalid="true"`}>
${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}</div>`;
}

function methods({ country, method }) {
  const to = countryByCode(country) ?? countryByCode("DE");
  return html`<fieldset><legend>How fast</legend>${METHODS.map(({ id, name, promise }) => html`<label class="choice"><input type="radio" name="method" value="${id}"${id === method && " checked"}><span><b>${name}</b> <span class="soft">${promise}</span></span>${id === "express" && html`<span class="choice-price">${amount(deliveryMinor(1, to, id))}</span>`}</label>`)}
${shippingBlock()}</fieldset>`;
}

function payment({ payment: chosen }, errors) {
  const error = errors.find(({ field }) => field === "payment-invoice");
  return html`<fieldset${error && html` aria-describedby="payment-error"`}><legend>How to pay</legend>${error && html`<p class="field-error" id="payment-error">${error.message}</p>`}${PAYMENTS.map(({ id, name }) => html`<label class="choice"><input id="payment-${id}" type="radio" name="payment" value="${id}"${id === chosen && " checked"}><span>${name}</span></label>`)}</fieldset>`;
}

function summary(cart, values) {
  const { delivery, to, totalMinor } = totals(cart, values);
  return html`<aside class="summary" aria-labelledby="summary"><h2 id="summary">Your order</h2>
<ul class="mini-lines">${cart.map((line) => html`<li><span>${line.quantity} × ${line.product.name}<span class="soft"> ${line.colour.name}${line.size && `, ${line.size}`}</span></span>${total([line])}</li>`)}</ul>
<dl><div><dt>Goods</dt><dd>${total(cart)}</dd></div><div><dt>Delivery to ${to.name}</dt><dd>${delivery ? amount(delivery) : "free"}</dd></div>
<div class="total"><dt>Total</dt><dd>${total(cart, delivery)}</dd></div></dl>
<p class="tax-note" data-footlight-slot="tax-note">incl. ${amount(vatIncluded(totalMinor))} VAT</p>
<input type="hidden" name="agreed_total" value="${decimal(totalMinor)}">
<button class="button button-wide">Buy now</button>
<p class="soft small">By ordering you agree to our <a href="/shipping">delivery</a> and <a href="/returns">returns</a> terms. You can withdraw within 14 days by law, within 100 by us.</p></aside>`;
}
