import { productBySku } from "./catalogue.js";
import { setCookie } from "./cookies.js";
import { decimal } from "./money.js";

export const MAX_LINES = 20;
export const MAX_QUANTITY = 9;

const THIRTY_DAYS = 30 * 24 * 3600;

/**
 * A line names a product, a colour and, where the product has sizes, a size.
 * Its key is what the cookie and the forms carry: `kammweg-mid.pine.42`.
 */
export function lineFor(key) {
  const [sku, colourId, size, ...rest] = String(key).split(".");
  const product = productBySku(sku);
  if (!product || rest.length > 0) return null;
  const colour = product.colours.find(({ id }) => id === colourId);
  const sizeFits = product.sizes.length ? product.sizes.includes(size) : size === undefined;
  return colour && sizeFits ? { key, product, colour, size } : null;
}

/**
 * Reads `key:quantity` pairs joined by `_`. The cookie is the visitor's own text: unknown products,
 * doubles, and quantities that are no whole number are dropped, the rest is clamped.
 * Prices never come from it.
 */
export function parseCart(text) {
  const lines = new Map();
  for (const part of (text ?? "").slice(0, 2_048).split("_")) {
    const [key, quantityText, ...rest] = part.split(":");
    if (rest.length > 0 || !/^[0-9]{1,3}$/.test(quantityText ?? "")) continue;
    const line = lineFor(key);
    const quantity = Math.min(Number(quantityText), MAX_QUANTITY);
    if (!line || quantity < 1 || lines.has(key)) continue;
    if (lines.size === MAX_LINES) break;
    lines.set(key, { ...line, quantity });
  }
  return [...lines.values()];
}

export function serializeCart(lines) {
  return lines.map(({ key, quantity }) => `${key}:${quantity}`).join("_");
}

/** Adds to a line, or makes one; quantity zero removes. An unknown key changes nothing. */
export function withQuantity(lines, key, quantity) {
  const line = lineFor(key);
  if (!line) return lines;
  const clamped = Math.max(0, Math.min(quantity, MAX_QUANTITY));
  const present = lines.some((other) => other.key === key);
  if (clamped === 0) return lines.filter((other) => other.key !== key);
  if (present) return lines.map((other) => (other.key === key ? { ...other, quantity: clamped } : other));
  return lines.length < MAX_LINES ? [...lines, { ...line, quantity: clamped }] : lines;
}

export function quantityOf(lines, key) {
  return lines.find((line) => line.key === key)?.quantity ?? 0;
}

export function itemCount(lines) {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

export function goodsMinor(lines) {
  return lines.reduce((sum, { product, quantity }) => sum + product.amountMinor * quantity, 0);
}

/** The three cookies that always change together: the cart, and what rules may read of it. */
export function cartCookies(lines, secure) {
  const maxAgeSeconds = lines.length ? THIRTY_DAYS : 0;
  return [
    setCookie("shop_cart", serializeCart(lines), { maxAgeSeconds, secure }),
    setCookie("cart_items", itemCount(lines), { maxAgeSeconds, secure, readable: true }),
    setCookie("cart_value", decimal(goodsMinor(lines)), { maxAgeSeconds, secure, readable: true }),
  ];
}
