/** What a mid-sized shop's rules and visitors are made of. The first of each list are the most frequent. */

export const SLOTS = ["hero", "notice", "shipping"];

export const COUNTRIES =
  "DE AT CH FR NL GB US BE IT ES PL DK SE NO CZ IE FI LU PT HU RO GR HR SI SK LT LV EE BG CA AU JP".split(" ");

export const MEDIA = ["cpc", "email", "social", "affiliate", "referral", "display"];

export const TIERS = ["regular", "silver", "gold", "platinum"];

export const PURPOSES = ["running", "hiking", "climbing", "camping", "travel", "commuting", "kids", "gifts"];

/** Rules speak of more categories and campaigns the more rules there are. */
export const categories = (rules) => names("category", 12 + Math.min(rules >> 4, 240));
export const campaigns = (rules) => names("campaign", 4 + Math.min(rules >> 3, 600));

const names = (what, count) => Array.from({ length: count }, (_, index) => `${what}-${index + 1}`);

export const USER_AGENTS = {
  phone: [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
  ],
  desktop: [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
  ],
  tablet: [
    "Mozilla/5.0 (iPad; CPU OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1",
  ],
};

export const DEVICES = Object.keys(USER_AGENTS);

/** Of a device that no rule is about. */
export const CONSOLE =
  "Mozilla/5.0 (PlayStation; PlayStation 5/7.20) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.4 Safari/605.1.15";
