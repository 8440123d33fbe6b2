//! `site.toml`.

use super::{Keys, NAME, POSITIVE, STAGE, Shape, TEXTS, optional, required, stages};
use crate::shape::Record;

/// The file.
pub(crate) static SITE: Shape = Shape::Record(&Record {
    what: "site",
    fields: &[
        required("site", NAME, "site = \"northpine\"", "the site's name"),
        required(
            "hosts",
            TEXTS,
            "hosts = [\"shop.example\"]",
            "the shop's own host names; a referrer from one of them is internal",
        ),
        required(
            "locales",
            TEXTS,
            "locales = [\"en\"]",
            "locales the site has contents for, the default first",
        ),
        required(
            "base",
            Shape::Record(&BASE),
            "base = { currency = \"EUR\" }",
            "what the origin's prices are in",
        ),
        required("time_zone", Shape::Text, "time_zone = \"Europe/Berlin\"", "the shop's own time zone"),
        optional(
            "review_grace_days",
            Shape::Whole { least: 0, most: 365 },
            "days after its review date on which a rule stops; 30 when left out",
        ),
        optional("route", Shape::List(&Shape::Record(&ROUTE)), "which URL is which stage; tried in order"),
        optional(
            "slots",
            Shape::Map { keys: Keys::Any("slot"), value: &Shape::Record(&SLOT) },
            "named places in pages",
        ),
        optional(
            "consent",
            Shape::Record(&CONSENT),
            "where consent is kept; without it nothing but necessary signals is read",
        ),
        optional("market", Shape::List(&Shape::Record(&MARKET)), "countries with their currency and locale"),
        optional("geo", Shape::Record(&GEO), "where geo facts come from when not from the runtime"),
        optional("page", Shape::Record(&PAGE), "where facts about the page come from"),
        optional("shop", Shape::Record(&SHOP), "where the shop keeps cart and order"),
        optional(
            "custom",
            Shape::Map { keys: Keys::Any("signal"), value: &Shape::Record(&CUSTOM) },
            "signals of your own: `custom.NAME`",
        ),
        optional(
            "questions",
            Shape::Map { keys: Keys::Any("question"), value: &Shape::Record(&QUESTION) },
            "what visitors can be asked: `answers.NAME`",
        ),
        optional(
            "tiers",
            Shape::Map { keys: Keys::Any("tier"), value: &Shape::Decimal },
            "value tiers: least total spent, in the base currency",
        ),
        optional("profile", Shape::Record(&PROFILE), "how much the profile keeps"),
        optional(
            "holdout",
            Shape::List(&Shape::Record(&HOLDOUT)),
            "visitors who get no personalization, to measure its whole effect",
        ),
        optional("cache", Shape::Record(&CACHE), "bounds of shared caching"),
        optional(
            "stages",
            Shape::Map {
                keys: Keys::Choice { what: "stage", choices: stages },
                value: &Shape::Record(&STAGE_CLAIM),
            },
            "claims about single stages",
        ),
        optional("shipping", Shape::Record(&SHIPPING), "zones, methods and delivery promises"),
        optional("prices", Shape::Record(&PRICE_ATTRIBUTES), "attributes of price elements"),
    ],
});

static BASE: Record = Record {
    what: "base",
    fields: &[
        required("currency", Shape::Text, "currency = \"EUR\"", "ISO 4217 code of the origin's prices"),
        optional("market", NAME, "the market of the origin's prices"),
    ],
};

static ROUTE: Record = Record {
    what: "route",
    fields: &[
        required(
            "path",
            Shape::Text,
            "path = \"/p/:sku\"",
            "a path; `:name` captures, a last `*` is everything below",
        ),
        required(
            "stage",
            Shape::Either(&[Shape::Choice { what: "stage", choices: stages_and_other }]),
            "stage = \"product\"",
            "the stage; `other` leaves the page alone",
        ),
        optional(
            "trailing_slash",
            Shape::Choice { what: "way", choices: || vec!["ignored", "as-written"] },
            "whether `/cart` and `/cart/` are one page; ignored when left out",
        ),
    ],
};

fn stages_and_other() -> Vec<&'static str> {
    let mut all = stages();
    all.push("other");
    all
}

static SLOT: Record = Record {
    what: "slot",
    fields: &[
        optional("selector", Shape::Text, "where it is; `[data-footlight-slot=\"NAME\"]` when left out"),
        optional("repeated", Shape::Boolean, "whether a page has several"),
        optional(
            "parts",
            Shape::Map { keys: Keys::Any("part"), value: &Shape::Text },
            "selectors of its parts, below the slot",
        ),
        optional(
            "preload",
            Shape::Record(&PRELOAD),
            "the `<link rel=preload as=image>` that belongs to its image",
        ),
    ],
};

static PRELOAD: Record = Record {
    what: "preload link",
    fields: &[required(
        "selector",
        Shape::Text,
        "selector = 'link[rel=\"preload\"][as=\"image\"]'",
        "where the link is",
    )],
};

static CONSENT: Record = Record {
    what: "consent source",
    fields: &[
        optional(
            "kind",
            Shape::Choice {
                what: "kind of consent source",
                choices: || vec!["values", "list", "flags", "tcf"],
            },
            "how the cookie says it: one word (`values`), the words agreed to (`list`), yes or no by key (`flags`), an IAB TCF string (`tcf`); values when left out",
        ),
        optional("cookie", Shape::Text, "the cookie's name"),
        optional("default", Shape::List(&PURPOSE), "purposes consented to when the cookie is absent"),
        optional(
            "values",
            Shape::Map { keys: Keys::Any("value"), value: &Shape::List(&PURPOSE) },
            "purposes by word or key",
        ),
    ],
};

const PURPOSE: Shape = Shape::Choice { what: "purpose", choices: purposes };

fn purposes() -> Vec<&'static str> {
    vec!["functional", "analytics", "personalization", "marketing"]
}

fn purposes_and_necessary() -> Vec<&'static str> {
    let mut all = purposes();
    all.push("necessary");
    all
}

static MARKET: Record = Record {
    what: "market",
    fields: &[
        required("id", NAME, "id = \"switzerland\"", "its name"),
        required("countries", TEXTS, "countries = [\"CH\"]", "ISO 3166-1 alpha-2 codes"),
        required("currency", Shape::Text, "currency = \"CHF\"", "ISO 4217 code"),
        required("locale", Shape::Text, "locale = \"de-CH\"", "how numbers and dates are written"),
        optional("rate", Shape::Decimal, "units of this currency for one of the base currency"),
        optional("rounding", Shape::Record(&ROUNDING), "how converted amounts are rounded"),
        optional("tax_label", Shape::Text, "such as `incl. VAT`"),
        optional("prices", Shape::Text, "a price list: a TOML file of `sku = \"129.00\"`"),
    ],
};

static ROUNDING: Record = Record {
    what: "rounding",
    fields: &[
        optional(
            "mode",
            Shape::Choice { what: "rounding mode", choices: || vec!["half-up", "half-even", "up", "down"] },
            "which neighbour; half-up when left out",
        ),
        optional("to", Shape::Decimal, "a multiple of this amount"),
        optional(
            "ending",
            Shape::Either(&[Shape::Choice { what: "ending", choices: endings }]),
            "an ending of prices",
        ),
    ],
};

fn endings() -> Vec<&'static str> {
    vec![".99", ".95", ".90", ".50", "whole"]
}

static GEO: Record = Record {
    what: "geo source",
    fields: &[optional(
        "headers",
        Shape::Map {
            keys: Keys::Choice {
                what: "geo fact",
                choices: || vec!["country", "region", "city", "postal_code", "time_zone", "eu"],
            },
            value: &Shape::Text,
        },
        "header names by geo fact",
    )],
};

/// One origin or several, tried in order.
const ORIGINS: Shape = Shape::Either(&[Shape::Record(&ORIGIN), Shape::List(&Shape::Record(&ORIGIN))]);

pub(crate) static ORIGIN: Record = Record {
    what: "source",
    fields: &[
        optional("cookie", Shape::Text, "a cookie"),
        optional("header", Shape::Text, "a request header"),
        optional("query", Shape::Text, "a query parameter"),
        optional("route", Shape::Text, "what the route captured"),
        optional("select", Shape::Text, "an element of the page, with `attribute`"),
        optional("attribute", Shape::Text, "the attribute of that element"),
    ],
};

static PAGE: Record = Record {
    what: "page source",
    fields: &[
        optional("category", ORIGINS, "category id"),
        optional("product", ORIGINS, "product id"),
        optional("price", ORIGINS, "price in the base currency"),
        optional("stock", ORIGINS, "pieces in stock"),
    ],
};

static SHOP: Record = Record {
    what: "shop source",
    fields: &[
        optional("cart_items", ORIGINS, "number of items in the cart"),
        optional("cart_value", ORIGINS, "value of the cart in the base currency"),
        optional("order_id", ORIGINS, "order id on the thank-you page"),
        optional("order_value", ORIGINS, "value of that order in the base currency"),
    ],
};

static CUSTOM: Record = Record {
    what: "custom signal",
    fields: &[
        required(
            "type",
            Shape::Choice { what: "type", choices: || vec!["bool", "int", "double", "string"] },
            "type = \"string\"",
            "its type",
        ),
        required(
            "purpose",
            Shape::Choice { what: "purpose", choices: purposes_and_necessary },
            "purpose = \"personalization\"",
            "the purpose that reading it needs",
        ),
        optional("cookie", Shape::Text, "a cookie"),
        optional("header", Shape::Text, "a request header"),
        optional("query", Shape::Text, "a query parameter"),
        optional("route", Shape::Text, "what the route captured"),
        optional("select", Shape::Text, "an element of the page, with `attribute`"),
        optional("attribute", Shape::Text, "the attribute of that element"),
    ],
};

static QUESTION: Record = Record {
    what: "question",
    fields: &[required(
        "answers",
        Shape::List(&NAME),
        "answers = [\"hiking\", \"climbing\"]",
        "the answers that can be given",
    )],
};

static PROFILE: Record = Record {
    what: "profile",
    fields: &[
        optional(
            "categories",
            Shape::Whole { least: 0, most: 50 },
            "categories with the strongest affinity; 5 when left out",
        ),
        optional(
            "recently_viewed",
            Shape::Whole { least: 0, most: 50 },
            "products viewed last; 6 when left out",
        ),
        optional(
            "affinity_half_life_days",
            Shape::Whole { least: 1, most: 365 },
            "half-life of affinity; 14 when left out",
        ),
        optional(
            "visit_gap_minutes",
            Shape::Whole { least: 1, most: 1440 },
            "pause after which a new visit begins; 30 when left out",
        ),
    ],
};

static CACHE: Record = Record {
    what: "cache",
    fields: &[optional(
        "max_variants",
        POSITIVE,
        "a stage with more variants than this is private; 200 when left out",
    )],
};

static HOLDOUT: Record = Record {
    what: "holdout",
    fields: &[
        required("share", Shape::Decimal, "share = 0.05", "share of visitors, from 0 to 1"),
        optional("salt", Shape::Text, "holds out other visitors when changed; `holdout` when left out"),
        optional("stages", Shape::List(&STAGE), "where; everywhere when left out"),
    ],
};

static STAGE_CLAIM: Record = Record {
    what: "stage claim",
    fields: &[required(
        "cache",
        Shape::Choice { what: "cache class", choices: || vec!["static", "shared", "private"] },
        "cache = \"private\"",
        "at most this much sharing",
    )],
};

static SHIPPING: Record = Record {
    what: "shipping",
    fields: &[
        optional("time_zone", Shape::Text, "the warehouse's zone; the shop's when left out"),
        required("cutoff", Shape::Text, "cutoff = \"15:00\"", "orders before this time leave the same day"),
        optional(
            "business_days",
            Shape::List(&WEEKDAY),
            "days on which parcels leave; mon to fri when left out",
        ),
        optional("holidays", Shape::List(&Shape::Date), "days on which nothing leaves"),
        optional("zone", Shape::List(&Shape::Record(&ZONE)), "zones, tried in order"),
    ],
};

const WEEKDAY: Shape =
    Shape::Choice { what: "weekday", choices: || vec!["mon", "tue", "wed", "thu", "fri", "sat", "sun"] };

static ZONE: Record = Record {
    what: "shipping zone",
    fields: &[
        required("id", NAME, "id = \"de\"", "its name"),
        required(
            "countries",
            TEXTS,
            "countries = [\"DE\"]",
            "ISO 3166-1 alpha-2 codes; `*` is every country that no zone names",
        ),
        optional("regions", TEXTS, "parts of the one country: ISO 3166-2 codes without the country"),
        optional("postal", TEXTS, "parts of the one country: beginnings of postal codes"),
        optional("holidays", Shape::List(&Shape::Date), "days on which nothing is delivered there"),
        optional("method", Shape::List(&Shape::Record(&METHOD)), "ways to ship"),
    ],
};

static METHOD: Record = Record {
    what: "shipping method",
    fields: &[
        required("id", NAME, "id = \"standard\"", "its name"),
        required("price", Shape::Decimal, "price = \"4.90\"", "what it costs, in the base currency"),
        optional(
            "prices",
            Shape::Map { keys: Keys::Any("currency"), value: &Shape::Decimal },
            "what it costs in other currencies, instead of converted",
        ),
        optional("free_from", Shape::Decimal, "cart value from which it is free, in the base currency"),
        optional(
            "free_from_in",
            Shape::Map { keys: Keys::Any("currency"), value: &Shape::Decimal },
            "that value in other currencies",
        ),
        required(
            "days",
            Shape::List(&Shape::Whole { least: 0, most: 120 }),
            "days = [2, 3]",
            "carrier days in transit: least and most",
        ),
        optional(
            "carrier_days",
            Shape::List(&WEEKDAY),
            "days on which the carrier moves and delivers; mon to fri when left out",
        ),
    ],
};

static PRICE_ATTRIBUTES: Record = Record {
    what: "price attributes",
    fields: &[
        optional("amount", Shape::Text, "attribute that holds the amount; `data-amount` when left out"),
        optional("product", Shape::Text, "attribute that holds the product id; `data-sku` when left out"),
    ],
};
