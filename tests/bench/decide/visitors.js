import { Random } from "../random.js";
import { matching } from "./rules.js";
import { campaigns, categories, CONSOLE, COUNTRIES, DEVICES, MEDIA, PURPOSES, TIERS, USER_AGENTS } from "./shop.js";

const COUNT = 256;

/** The visitors of each case: as they come, those for whom no rule matches, and those for whom the most do. */
export function makeVisitors({ rules }, seed) {
  const random = new Random(`visitors ${rules.length} ${seed}`);
  const many = Array.from({ length: rules.length > 1000 ? 1000 : 4000 }, () => makeVisitor(rules.length, random));
  const strangers = Array.from({ length: 4 * COUNT }, () => makeStranger(rules.length, random));
  const counted = many.map((visitor) => [matching(rules, visitor.facts), visitor]).sort(([a], [b]) => b - a);
  return {
    typical: many.slice(0, COUNT),
    "none matches": strangers.filter(({ facts }) => matching(rules, facts) === 0).slice(0, COUNT),
    "many match": counted.slice(0, COUNT / 4).map(([, visitor]) => visitor),
  };
}

function makeVisitor(rules, random) {
  const campaign = random.chance(0.35) ? random.skewed(campaigns(rules)) : undefined;
  const consents = random.chance(0.7);
  return visitor(random, {
    // The network that hides where its users are.
    country: random.chance(0.01) ? undefined : random.skewed(COUNTRIES),
    category: random.skewed(categories(rules)),
    campaign,
    medium: campaign && random.skewed(MEDIA),
    device: random.skewed(DEVICES),
    purpose: random.chance(0.15) ? random.skewed(PURPOSES) : undefined,
    visits: consents ? (random.chance(0.5) ? 2 + random.below(5) : 1) : undefined,
    tier: consents && random.chance(0.2) ? random.any(TIERS) : undefined,
    cart: consents && random.chance(0.3) ? 5 + random.below(200) : undefined,
  });
}

/** Somebody from far away on a page that no rule is about. */
function makeStranger(rules, random) {
  return visitor(random, {
    country: random.any(["BR", "IN", "ZA", "NZ", "MX"]),
    category: `clearance-${random.below(20)}`,
    device: random.any([...DEVICES, "other"]),
    visits: random.chance(0.7) ? 1 : undefined,
  });
}

/** The facts, and the request that a browser and a network would make of them. */
function visitor(random, facts) {
  const { category, campaign, medium, purpose, visits, tier, cart, country, device } = facts;
  const query = new URLSearchParams({
    ...(purpose && { for: purpose }),
    ...(campaign && { utm_source: "newsletter", utm_medium: medium, utm_campaign: campaign, utm_content: "teaser-2" }),
  });
  const cookies = [
    `sid=${[...Array(32)].map(() => random.below(16).toString(16)).join("")}`,
    `_ga=GA1.1.${random.below(1e9)}.${1_700_000_000 + random.below(1e7)}`,
    `consent=${visits === undefined ? "essential" : "all"}`,
    tier && `tier=${tier}`,
    cart && `cart_value=${cart}.00`,
  ];
  return {
    facts: { ...facts, visitor: visits === undefined ? undefined : visits > 1 ? "returning" : "new" },
    url: `https://shop.example/c/${category}${query.size ? `?${query}` : ""}`,
    headers: {
      "accept-language": random.skewed(["de-DE,de;q=0.9,en;q=0.8", "en-US,en;q=0.9", "fr-FR,fr;q=0.9,en;q=0.7"]),
      cookie: cookies.filter(Boolean).join("; "),
      referer: campaign ? "https://www.google.com/" : "https://shop.example/",
      "user-agent": random.skewed(USER_AGENTS[device] ?? [CONSOLE]),
    },
    runtime: { country: country ?? "T1", regionCode: "BY", city: "Kempten", postalCode: "87435", timezone: "Europe/Berlin" },
  };
}
