/** Where the shop delivers, what it costs in euro cents, and how a postcode looks there. */
export const COUNTRIES = [
  { code: "DE", name: "Germany", postcode: /^\d{5}$/, example: "87435", home: true },
  { code: "AT", name: "Austria", postcode: /^\d{4}$/, example: "6020", home: true },
  { code: "BE", name: "Belgium", postcode: /^\d{4}$/, example: "1000" },
  { code: "CZ", name: "Czechia", postcode: /^\d{3} ?\d{2}$/, example: "110 00" },
  { code: "DK", name: "Denmark", postcode: /^\d{4}$/, example: "1050" },
  { code: "FR", name: "France", postcode: /^\d{5}$/, example: "74400" },
  { code: "IT", name: "Italy", postcode: /^\d{5}$/, example: "39100" },
  { code: "LU", name: "Luxembourg", postcode: /^(L-)?\d{4}$/i, example: "1009" },
  { code: "NL", name: "Netherlands", postcode: /^\d{4} ?[A-Z]{2}$/i, example: "1011 AB" },
  { code: "PL", name: "Poland", postcode: /^\d{2}-\d{3}$/, example: "34-500" },
  { code: "SE", name: "Sweden", postcode: /^\d{3} ?\d{2}$/, example: "111 20" },
];

export const METHODS = [
  { id: "standard", name: "Standard", promise: "2–4 working days" },
  { id: "express", name: "Express", promise: "next working day in Germany, two elsewhere" },
];

const RATES = {
  home: { standardMinor: 490, freeFromMinor: 7_500, expressMinor: 990 },
  abroad: { standardMinor: 990, freeFromMinor: 15_000, expressMinor: 1_990 },
};

export function countryByCode(code) {
  return COUNTRIES.find((country) => country.code === code) ?? null;
}

/** Standard delivery is free from a threshold; express never is. An empty cart costs nothing. */
export function deliveryMinor(goodsMinor, country, methodId) {
  if (goodsMinor === 0) return 0;
  const rate = country.home ? RATES.home : RATES.abroad;
  if (methodId === "express") return rate.expressMinor;
  return goodsMinor >= rate.freeFromMinor ? 0 : rate.standardMinor;
}
