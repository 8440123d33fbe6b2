//! Rule files.

use super::{Keys, NAME, STAGE, Shape, TEMPLATE, kinds, optional, required};
use crate::shape::Record;

/// A rule file.
pub(crate) static RULES: Shape = Shape::Record(&Record {
    what: "rules file",
    fields: &[optional("rule", Shape::List(&Shape::Record(&RULE)), "the rules, one `[[rule]]` each")],
});

/// The commercial outcomes that a rule can be for.
pub(crate) const KPIS: &[&str] = &[
    "conversion-rate",
    "average-order-value",
    "revenue-per-session",
    "margin-per-order",
    "checkout-completion",
    "repeat-rate",
    "subscription-rate",
    "customer-lifetime-value",
    "return-rate",
    "cancellation-rate",
    "delivery-contact-rate",
    "support-contact-rate",
    "review-rate",
    "referral-rate",
];

static RULE: Record = Record {
    what: "rule",
    fields: &[
        required("id", NAME, "id = \"home-hero-hikers\"", "its name, in reports and explanations"),
        optional("stages", Shape::List(&STAGE), "where it applies; the file's name says it otherwise"),
        optional("segment", NAME, "for whom: a segment of segments.toml"),
        optional("segments", Shape::List(&NAME), "for whom: visitors who are in all of these segments"),
        optional("when", Shape::Text, "a further condition"),
        required("slot", NAME, "slot = \"hero\"", "the slot it fills"),
        required(
            "kind",
            Shape::Choice { what: "kind", choices: kinds },
            "kind = \"recognize\"",
            "what it does for the shopper",
        ),
        optional(
            "priority",
            Shape::Whole { least: -1_000_000, most: 1_000_000 },
            "higher goes first; 0 when left out",
        ),
        optional("from", Shape::Moment, "from this day or instant on"),
        optional("until", Shape::Moment, "up to and without this day or instant"),
        optional("cap", Shape::Record(&CAP), "how often one visitor sees it"),
        required("hypothesis", Shape::Text, "hypothesis = \"…\"", "what is expected to happen, and why"),
        required(
            "kpi",
            Shape::Choice { what: "KPI", choices: || KPIS.to_vec() },
            "kpi = \"conversion-rate\"",
            "the commercial outcome it is for; never clicks or time on page",
        ),
        required(
            "guardrail",
            Shape::Text,
            "guardrail = \"return-rate must not rise by more than 1 %\"",
            "what must not get worse",
        ),
        required("owner", Shape::Text, "owner = \"anna@shop.example\"", "who answers for it"),
        required("review", Shape::Date, "review = 2027-02-01", "when somebody looks whether it still holds"),
        optional(
            "content",
            Shape::Name { path: true },
            "a content: `hero/hikers` is content/hero/hikers.html",
        ),
        optional(
            "place",
            Shape::Choice {
                what: "place",
                choices: || vec!["inner", "replace", "before", "after", "prepend", "append"],
            },
            "where the content goes, relative to the slot; `inner` when left out",
        ),
        optional("text", TEMPLATE, "plain text instead of what is inside the slot, or the part"),
        optional("part", NAME, "the part of the slot that `text`, `attributes` and `remove` aim at"),
        optional("headline", TEMPLATE, "plain text for the part `headline`"),
        optional("call_to_action", Shape::Record(&CALL_TO_ACTION), "text and link of the part `cta`"),
        optional("image", Shape::Record(&IMAGE), "the picture of the part `image`"),
        optional("attributes", ATTRIBUTES, "attributes to set; `false` removes one"),
        optional("remove", Shape::Boolean, "takes the slot, or the part, out of the page"),
        optional("prices", Shape::Boolean, "shows the amounts of a price slot for the visitor's market"),
        optional(
            "experiment",
            Shape::Record(&EXPERIMENT),
            "splits visitors over variants, each in its own `[rule.variant.NAME]`",
        ),
        optional(
            "variant",
            Shape::Map { keys: Keys::Any("variant"), value: &Shape::Record(&VARIANT) },
            "what the visitors of a variant see; `control` has none and changes nothing",
        ),
    ],
};

static EXPERIMENT: Record = Record {
    what: "experiment",
    fields: &[
        required(
            "variants",
            Shape::Map { keys: Keys::Any("variant"), value: &Shape::Decimal },
            "variants = { control = 0.5, short = 0.5 }",
            "the share of each variant; together 1",
        ),
        optional("coverage", Shape::Decimal, "share of visitors who take part; 1 when left out"),
        optional("salt", Shape::Text, "assigns visitors anew when changed; the rule's id when left out"),
        optional(
            "sticky",
            Shape::Boolean,
            "whether visitors keep the variant that they saw first; yes when left out",
        ),
        optional(
            "namespace",
            Shape::Record(&NAMESPACE),
            "visitors whom several experiments divide among themselves",
        ),
    ],
};

static NAMESPACE: Record = Record {
    what: "namespace",
    fields: &[
        required("id", NAME, "id = \"product-page\"", "its name"),
        required("from", Shape::Decimal, "from = 0.0", "where this experiment's part begins"),
        required("to", Shape::Decimal, "to = 0.5", "where it ends"),
    ],
};

/// What a rule does, without for whom and why.
static VARIANT: Record = Record {
    what: "variant",
    fields: &[
        optional("content", Shape::Name { path: true }, "a content"),
        optional(
            "place",
            Shape::Choice {
                what: "place",
                choices: || vec!["inner", "replace", "before", "after", "prepend", "append"],
            },
            "where the content goes, relative to the slot; `inner` when left out",
        ),
        optional("text", TEMPLATE, "plain text instead of what is inside the slot, or the part"),
        optional("part", NAME, "the part of the slot that `text`, `attributes` and `remove` aim at"),
        optional("headline", TEMPLATE, "plain text for the part `headline`"),
        optional("call_to_action", Shape::Record(&CALL_TO_ACTION), "text and link of the part `cta`"),
        optional("image", Shape::Record(&IMAGE), "the picture of the part `image`"),
        optional("attributes", ATTRIBUTES, "attributes to set; `false` removes one"),
        optional("remove", Shape::Boolean, "takes the slot, or the part, out of the page"),
        optional("prices", Shape::Boolean, "shows the amounts of a price slot for the visitor's market"),
    ],
};

const ATTRIBUTES: Shape = Shape::Map {
    keys: Keys::Any("attribute"),
    value: &Shape::Either(&[
        Shape::False,
        Shape::Text,
        Shape::Map { keys: Keys::Any("language"), value: &Shape::Text },
    ]),
};

static CAP: Record = Record {
    what: "cap",
    fields: &[
        required("views", Shape::Whole { least: 1, most: 255 }, "views = 3", "at most this many page views"),
        required("days", Shape::Whole { least: 1, most: 365 }, "days = 7", "within this many days"),
    ],
};

static CALL_TO_ACTION: Record = Record {
    what: "call to action",
    fields: &[optional("text", TEMPLATE, "what it says"), optional("href", TEMPLATE, "where it leads")],
};

static IMAGE: Record = Record {
    what: "image",
    fields: &[
        required("src", Shape::Text, "src = \"/assets/hero-alps.svg\"", "its URL"),
        optional("srcset", Shape::Text, "its candidates, as in HTML"),
        optional("sizes", Shape::Text, "how wide it is shown, as in HTML"),
        required("alt", TEMPLATE, "alt = \"…\"", "what it shows, for those who do not see it; may be empty"),
        optional(
            "preload",
            Shape::Boolean,
            "whether the browser is asked to load it early; yes when left out",
        ),
    ],
};
