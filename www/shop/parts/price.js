import { html } from "../html.js";
import { decimal, euro } from "../money.js";

/** What an article costs. `data-amount` is the base amount from which the edge makes other currencies. */
export function price(product) {
  const now = slot(product.amountMinor, product.sku);
  if (!product.wasMinor) return now;
  return html`${now} <s class="was"><span class="visually-hidden">Lowest price of the last 30 days: </span>${slot(product.wasMinor)}</s>`;
}

/** A fee or a threshold: a price that belongs to no article and so carries no SKU. */
export function amount(amountMinor) {
  return slot(amountMinor);
}

/**
 * What lines cost together, with a fee. `data-amount` says which prices it is the sum of, as in
 * `2*24.90@quell-bottle + 4.90`: other markets round each price, and their totals must add up, too.
 */
export function total(lines, feeMinor = 0) {
  const terms = lines.map(({ product, quantity }) => `${quantity > 1 ? `${quantity}*` : ""}${decimal(product.amountMinor)}@${product.sku}`);
  if (feeMinor) terms.push(decimal(feeMinor));
  return written(terms.join(" + "), lines.reduce((sum, { product, quantity }) => sum + product.amountMinor * quantity, feeMinor));
}

function slot(amountMinor, sku) {
  return written(decimal(amountMinor), amountMinor, sku && html` data-sku="${sku}"`);
}

function written(terms, amountMinor, owner) {
  return html`<span class="price" data-footlight-slot="price" data-amount="${terms}"${owner}>${euro(amountMinor)}</span>`;
}
