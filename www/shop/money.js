/** Money is an integer count of euro cents everywhere; only these functions make text of it. */

/** `14990` → `149.90`, the machine-readable form used in attributes, cookies and JSON-LD. */
export function decimal(amountMinor) {
  const cents = String(Math.abs(amountMinor)).padStart(3, "0");
  return `${amountMinor < 0 ? "-" : ""}${cents.slice(0, -2)}.${cents.slice(-2)}`;
}

/** `14990` → `€149.90`, the generic form of the base market. */
export function euro(amountMinor) {
  const [whole, fraction] = decimal(Math.abs(amountMinor)).split(".");
  return `${amountMinor < 0 ? "−" : ""}€${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${fraction}`;
}

/** VAT contained in a gross amount at 19 %, rounded half up to the cent. */
export function vatIncluded(grossMinor) {
  return Math.floor((grossMinor * 19 * 2 + 119) / (119 * 2));
}
