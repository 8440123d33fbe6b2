/** Where the shop delivers, what it costs in euro cents, and how a postcode looks there. */
export const COUNTRIES = [
  { code: "DE", name: "Germany", zone: "home", postcode: /^\d{5}$/, example: "87435" },
  { code: "AT", name: "Austria", zone: "home", postcode: /^\d{4}$/, example: "6020" },
  { code: "AU", name: "Australia", zone: "world", postcode: /^\d{4}$/, example: "3000" },
  { code: "BE", name: "Belgium", zone: "europe", postcode: /^\d{4}$/, example: "1000" },
  { code: "CA", name: "Canada", zone: "world", postcode: /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/i, example: "T1L 1K2" },
  { code: "CZ", name: "Czechia", zone: "europe", postcode: /^\d{3} ?\d{2}$/, example: "110 00" },
  { code: "DK", name: "Denmark", zone: "europe", postcode: /^\d{4}$/, example: "1050" },
  { code: "FI", name: "Finland", zone: "europe", postcode: /^\d{5}$/, example: "00100" },
  { code: "FR", name: "France", zone: "europe", postcode: /^\d{5}$/, example: "74400" },
  { code: "IE", name: "Ireland", zone: "europe", postcode: /^[A-Z]\d[\dW] ?[A-Z\d]{4}$/i, example: "D02 X285" },
  { code: "IT", name: "Italy", zone: "europe", postcode: /^\d{5}$/, example: "39100" },
  { code: "JP", name: "Japan", zone: "world", postcode: /^\d{3}-?\d{4}$/, example: "390-0811" },
  { code: "LI", name: "Liechtenstein", zone: "neighbours", postcode: /^\d{4}$/, example: "9490" },
  { code: "LU", name: "Luxembourg", zone: "europe", postcode: /^(L-)?\d{4}$/i, example: "1009" },
  { code: "NL", name: "Netherlands", zone: "europe", postcode: /^\d{4} ?[A-Z]{2}$/i, example: "1011 AB" },
  { code: "NZ", name: "New Zealand", zone: "world", postcode: /^\d{4}$/, example: "9016" },
  { code: "NO", name: "Norway", zone: "neighbours", postcode: /^\d{4}$/, example: "0150" },
  { code: "PL", name: "Poland", zone: "europe", postcode: /^\d{2}-\d{3}$/, example: "34-500" },
  { code: "PT", name: "Portugal", zone: "europe", postcode: /^\d{4}-\d{3}$/, example: "1100-053" },
  { code: "ES", name: "Spain", zone: "europe", postcode: /^\d{5}$/, example: "25530" },
  { code: "SE", name: "Sweden", zone: "europe", postcode: /^\d{3} ?\d{2}$/, example: "111 20" },
  { code: "CH", name: "Switzerland", zone: "neighbours", postcode: /^\d{4}$/, example: "8750" },
  { code: "GB", name: "United Kingdom", zone: "neighbours", postcode: /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i, example: "LL24 0AE" },
  { code: "US", name: "United States", zone: "world", postcode: /^\d{5}(-\d{4})?$/, example: "80302" },
];

export const METHODS = [
  { id: "standard", name: "Standard", promise: "2–4 working days" },
  { id: "express", name: "Express", promise: "next working day in Germany, two in Europe, four beyond" },
];

const RATES = {
  home: { standardMinor: 490, freeFromMinor: 7_500, expressMinor: 990 },
  europe: { standardMinor: 990, freeFromMinor: 15_000, expressMinor: 1_990 },
  neighbours: { standardMinor: 1_490, freeFromMinor: 20_000, expressMinor: 2_490 },
  world: { standardMinor: 2_990, freeFromMinor: 30_000, expressMinor: 4_990 },
};

export function countryByCode(code) {
  return COUNTRIES.find((country) => country.code === code) ?? null;
}

/** Standard delivery is free from a threshold; express never is. An empty cart costs nothing. */
export function deliveryMinor(goodsMinor, country, methodId) {
  if (goodsMinor === 0) return 0;
  const rate = RATES[country.zone];
  if (methodId === "express") return rate.expressMinor;
  return goodsMinor >= rate.freeFromMinor ? 0 : rate.standardMinor;
}
