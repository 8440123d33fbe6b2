import { html } from "../html.js";
import { decimal, euro } from "../money.js";

/** What an article costs. `data-amount` is the base amount from which the edge makes other currencies. */
export function price(product) {
  const now = slot(product.amountMinor, product.sku);
  if (!product.wasMinor) return now;
  return html`${now} <s class="was"><span class="visually-hidden">Lowest price of the last 30 days: </span>${slot(product.wasMinor)}</s>`;
}

/** A sum, a fee or a threshold: a price that belongs to no single article and so carries no SKU. */
export function amount(amountMinor) {
  return slot(amountMinor);
}

function slot(amountMinor, sku) {
  const owner = sku && html` data-sku="${sku}"`;
  return html`<span class="price" data-footlight-slot="price" data-amount="${decimal(amountMinor)}"${owner}>${euro(amountMinor)}</span>`;
}
