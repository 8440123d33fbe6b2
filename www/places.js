/** Places that the demo can be visited from: what an edge runtime would say of a request from there. */
export const PLACES = {
  DE: { country: "DE", region: "Bavaria", regionCode: "BY", city: "Kempten", postalCode: "87435", timezone: "Europe/Berlin", isEUCountry: "1" },
  AT: { country: "AT", region: "Tyrol", regionCode: "7", city: "Innsbruck", postalCode: "6020", timezone: "Europe/Vienna", isEUCountry: "1" },
  CH: { country: "CH", region: "Bern", regionCode: "BE", city: "Bern", postalCode: "3011", timezone: "Europe/Zurich" },
  FR: { country: "FR", region: "Auvergne-Rhône-Alpes", regionCode: "ARA", city: "Grenoble", postalCode: "38000", timezone: "Europe/Paris", isEUCountry: "1" },
  GB: { country: "GB", region: "England", regionCode: "ENG", city: "Keswick", postalCode: "CA12", timezone: "Europe/London" },
  US: { country: "US", region: "Oregon", regionCode: "OR", city: "Portland", postalCode: "97205", timezone: "America/Los_Angeles" },
  JP: { country: "JP", region: "Nagano", regionCode: "20", city: "Matsumoto", postalCode: "390-0811", timezone: "Asia/Tokyo" },
  // Nowhere that anybody knows.
  XX: {},
};

const COOKIE = "demo_from";

/**
 * The request as it would come from the place that `?from=CH` names, or named before; `?from=` forgets the place.
 * Only the demo does this: a real shop's visitors are where the runtime says they are.
 */
export function fromPlace(request) {
  const url = new URL(request.url);
  const asked = url.searchParams.get("from");
  if (asked !== null) return { redirect: leave(url, asked) };
  const [, country] = new RegExp(`(?:^|;\\s*)${COOKIE}=(\\w\\w)`).exec(request.headers.get("cookie") ?? "") ?? [];
  const cf = PLACES[country];
  return { request: cf ? new Request(request, { cf }) : request };
}

function leave(url, country) {
  url.searchParams.delete("from");
  const kept = country in PLACES ? `${COOKIE}=${country}; Path=/; SameSite=Lax` : `${COOKIE}=; Path=/; Max-Age=0`;
  return new Response(null, {
    status: 303,
    headers: { location: url.pathname + url.search, "set-cookie": kept, "cache-control": "no-store" },
  });
}
