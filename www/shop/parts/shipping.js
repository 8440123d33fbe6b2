import { html } from "../html.js";
import { icon } from "./icon.js";

/** Product, cart and checkout: one block of reserved height that says when it arrives and what it costs. */
export function shippingBlock() {
  return html`<div class="shipping" data-footlight-slot="shipping">${icon("truck")}<p><b>Delivered in 2–4 working days</b><br>€4.90 in Germany and Austria, free from €75. <a href="/shipping">Other countries</a></p></div>`;
}

export function taxNote() {
  return html`<p class="tax-note" data-footlight-slot="tax-note">incl. VAT, plus <a href="/shipping">delivery</a></p>`;
}
