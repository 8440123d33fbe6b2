const PATHS = ["/", "/", "/c/boots", "/c/tents", "/l/winter", "/l/summer", "/p/boot", "/p/tent", "/cart", "/checkout", "/thank-you", "/orders/1", "/elsewhere"];
const QUERIES = ["", "", "?sort=price", "?sort=name", "?utm_source=letter", "?utm_source=paper&gclid=x", "?footlight-cache=1"];

const COUNTRIES = ["DE", "AT", "CH", "GB", "US", "XX", "T1", ""];
const DEVICES = [
  "",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
];
const LANGUAGES = ["", "de", "fr-CH, en;q=0.5", "en-GB", "ja", "*"];
const CONSENTS = ["", "", "consent=all", "consent=all", "consent=marketing", "consent=essential", "consent=%ff"];
const CARTS = ["", "", "cart_items=1; cart_value=20.00", "cart_items=3; cart_value=80.00", "cart_items=2; cart_value=129.90"];
const REFERRERS = ["", "", "https://www.google.com/", "https://www.instagram.com/", "https://shop.example/", "https://blog.example/"];
const FLAGS = [["sec-gpc", "1"], ["save-data", "on"], ["sec-purpose", "prefetch"], ["sec-ch-ua-mobile", "?1"], ["sec-ch-ua-platform", '"Windows"']];

/** A path of the shop, with a query. */
export function randomPath(random) {
  return random.one(PATHS) + random.one(QUERIES);
}

/** The headers of a visitor; `profiles` are profile cookies to have. */
export function randomVisitor(random, profiles) {
  const headers = {};
  const add = (name, value) => value && (headers[name] = value);
  add("x-country", random.one(COUNTRIES));
  add("user-agent", random.one(DEVICES));
  add("accept-language", random.one(LANGUAGES));
  add("referer", random.one(REFERRERS));
  for (const [name, value] of FLAGS) if (random.happens(10)) add(name, value);
  const profile = random.happens(50) ? random.one(profiles) : "";
  add("cookie", [random.one(CONSENTS), random.one(CARTS), profile].filter(Boolean).join("; "));
  return headers;
}
