import { goodsMinor, parseCart, serializeCart } from "./cart.js";
import { countryByCode, deliveryMinor, METHODS } from "./delivery.js";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const NUMBER = /^FW-[0-9A-HJKMNP-TV-Z]{4,12}$/;

/** The order as the visitor's own browser keeps it: number, day, method, country, lines. No address. */
export function newOrder(lines, { method, country }) {
  const letters = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => ALPHABET[byte & 31]);
  return { number: `FW-${letters.join("")}`, day: new Date().toISOString().slice(0, 10), method, country, lines };
}

export function isOrderNumber(text) {
  return NUMBER.test(text);
}

export function serializeOrder({ number, day, method, country, lines }) {
  return [number, day, method, country, serializeCart(lines)].join("~");
}

/** `null` unless the cookie is whole and is about the wanted order. */
export function parseOrder(text, wantedNumber) {
  const [number, day, method, country, lines] = (text ?? "").split("~");
  const whole =
    isOrderNumber(number ?? "") &&
    number === wantedNumber &&
    /^\d{4}-\d{2}-\d{2}$/.test(day ?? "") &&
    !Number.isNaN(Date.parse(day)) &&
    METHODS.some(({ id }) => id === method) &&
    countryByCode(country);
  const parsed = whole ? parseCart(lines) : [];
  return parsed.length ? { number, day, method, country, lines: parsed } : null;
}

export function orderTotals({ lines, method, country }) {
  const goods = goodsMinor(lines);
  const to = countryByCode(country);
  const delivery = deliveryMinor(goods, to, method);
  return { goods, delivery, to, totalMinor: goods + delivery };
}
