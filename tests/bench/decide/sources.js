const NAMES = { visits: "visitor.visits", cart: "cart.value", country: "geo.country", category: "page.category" };
const MORE_NAMES = { campaign: "traffic.campaign", medium: "traffic.medium", device: "device.class" };
const SITE_NAMES = { tier: "custom.tier", purpose: "url.query['for']" };
const SIGNALS = { ...NAMES, ...MORE_NAMES, ...SITE_NAMES };

/** Rules as the files that a merchandiser would write. */
export function sources({ segments, rules }) {
  return {
    "site.toml": SITE,
    "journey.toml": '[category]\nallow = ["localize"]\nuncounted = ["localize"]\n',
    "segments.toml": segments.map(segment).join("\n"),
    "category.toml": rules.map(rule).join("\n"),
  };
}

const segment = ({ id, tests }) => `[[segment]]
id = "${id}"
kind = "need"
condition = "${condition(tests)}"
`;

const rule = ({ id, slot, priority, segments, when }) => `[[rule]]
id = "${id}"
segments = [${segments.map((segment) => `"${segment.id}"`).join(", ")}]
${when.length > 0 ? `when = "${condition(when)}"\n` : ""}slot = "${slot}"
kind = "localize"
priority = ${priority}
text = "For you"
hypothesis = "it is shown"
kpi = "conversion-rate"
guardrail = "return-rate must not rise by more than 2 %"
owner = "anna@shop.example"
review = 2099-01-01
`;

const condition = (tests) => tests.map(test).join(" && ");

function test(test) {
  if (test.any) return `(${test.any.map(condition).join(" || ")})`;
  const [fact, operator, value] = test;
  if (fact === "visitor") return value === "returning" ? "visitor.returning" : "!visitor.returning";
  return `${SIGNALS[fact]} ${operator} ${literal(fact, value)}`;
}

function literal(fact, value) {
  if (Array.isArray(value)) return `[${value.map((item) => literal(fact, item)).join(", ")}]`;
  if (typeof value === "string") return `'${value}'`;
  return fact === "cart" ? value.toFixed(1) : String(value);
}

const SITE = `site = "bench"
hosts = ["shop.example"]
locales = ["en"]
base = { currency = "EUR", market = "home" }
time_zone = "Europe/Berlin"

[[route]]
path = "/"
stage = "homepage"

[[route]]
path = "/c/:category"
stage = "category"

[[route]]
path = "/p/:sku"
stage = "product"

[slots.hero]
[slots.notice]
[slots.shipping]

[page]
category = [{ route = "category" }]

[shop]
cart_value = { cookie = "cart_value" }

[custom.tier]
type = "string"
cookie = "tier"
purpose = "personalization"

[consent]
kind = "values"
cookie = "consent"
default = []

[consent.values]
all = ["functional", "analytics", "personalization", "marketing"]
essential = []

[[market]]
id = "home"
countries = ["DE", "AT"]
currency = "EUR"
locale = "de"
`;
