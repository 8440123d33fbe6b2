//! `tests/*.toml`: named cases that merchandisers write.

use super::{Keys, NAME, POSITIVE, STAGE, Shape, optional, required};
use crate::shape::Record;

const TEXT_MAP: Shape = Shape::Map { keys: Keys::Any("name"), value: &Shape::Text };
const COUNT: Shape = Shape::Whole { least: 0, most: 1_000_000 };
const NUMBER_MAP: Shape = Shape::Map { keys: Keys::Any("name"), value: &Shape::Decimal };

/// The file.
pub(crate) static CASES: Shape = Shape::Record(&Record {
    what: "tests file",
    fields: &[optional("case", Shape::List(&Shape::Record(&CASE)), "the cases, one `[[case]]` each")],
});

static CASE: Record = Record {
    what: "case",
    fields: &[
        required(
            "name",
            Shape::Text,
            "name = \"a visitor from Bern sees francs\"",
            "what it shows, as a sentence",
        ),
        optional("at", Shape::Moment, "when the request comes; the time of the test run when left out"),
        required("url", Shape::Text, "url = \"https://shop.example/\"", "the page"),
        optional("country", Shape::Text, "ISO 3166-1 alpha-2 code"),
        optional("region", Shape::Text, "ISO 3166-2 code without the country"),
        optional("city", Shape::Text, "city"),
        optional("postal_code", Shape::Text, "postal code"),
        optional("time_zone", Shape::Text, "IANA name"),
        optional("eu", Shape::Boolean, "whether the country is in the European Union"),
        optional(
            "device",
            Shape::Choice { what: "device", choices: || vec!["phone", "tablet", "desktop", "bot"] },
            "stands for a User-Agent of that class",
        ),
        optional("language", Shape::Text, "the Accept-Language header"),
        optional("referrer", Shape::Text, "the Referer header"),
        optional("headers", TEXT_MAP, "further request headers"),
        optional("cookies", TEXT_MAP, "cookies of the shop"),
        optional(
            "consent",
            Shape::List(&Shape::Choice {
                what: "purpose",
                choices: || vec!["functional", "analytics", "personalization", "marketing"],
            }),
            "purposes the visitor has consented to; written into the site's consent cookie",
        ),
        optional("gpc", Shape::Boolean, "whether the browser sends `Sec-GPC: 1`"),
        optional("visitor", Shape::Record(&VISITOR), "what the profile knows"),
        optional("page", Shape::Record(&PAGE), "what the page carries"),
        required("expect", Shape::Record(&EXPECT), "[case.expect]", "what must come of it"),
    ],
};

static VISITOR: Record = Record {
    what: "visitor",
    fields: &[
        optional("visits", POSITIVE, "visits, this one included"),
        optional("last_visit_days", COUNT, "days since the visit before"),
        optional("affinity", NUMBER_MAP, "interest by category, in decayed page views"),
        optional("orders", COUNT, "orders placed"),
        optional("last_order_days", COUNT, "days since the last order"),
        optional("spent", Shape::Decimal, "total spent, in the base currency"),
        optional("viewed", Shape::List(&Shape::Text), "products viewed last, the latest first"),
        optional("answers", TEXT_MAP, "zero-party answers by question"),
        optional(
            "seen",
            Shape::Map { keys: Keys::Any("rule"), value: &COUNT },
            "views of capped rules so far",
        ),
    ],
};

static PAGE: Record = Record {
    what: "page",
    fields: &[
        optional("category", Shape::Text, "category id"),
        optional("product", Shape::Text, "product id"),
        optional("price", Shape::Decimal, "price in the base currency"),
        optional("stock", COUNT, "pieces in stock"),
    ],
};

static EXPECT: Record = Record {
    what: "expectation",
    fields: &[
        optional(
            "stage",
            Shape::Either(&[Shape::False, STAGE]),
            "the stage; `false` for a page that is left alone",
        ),
        optional(
            "rules",
            Shape::Map { keys: Keys::Any("slot"), value: &Shape::Either(&[Shape::False, NAME]) },
            "the rule that fills each slot; `false` when the default stays",
        ),
        optional("contains", TEXT_MAP, "by slot: text that what goes in contains"),
        optional(
            "price",
            Shape::Map { keys: Keys::Any("amount"), value: &Shape::Text },
            "by amount in the base currency: how it is shown",
        ),
        optional(
            "cache",
            Shape::Choice { what: "cache class", choices: || vec!["static", "shared", "private"] },
            "how the response may be cached",
        ),
    ],
};
