//! Signals of what the visitor has consented to.

use super::Signals;
use super::catalogue::{Cardinality, Entry, Plain, Source};
use crate::consent::Purpose;
use crate::value::{Type, Value};

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        signal: Plain::ConsentFunctional,
        name: "consent.functional",
        kind: Type::Bool,
        source: Source::FirstParty,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Few(2),
        meaning: "Consent to functional purposes.",
        values: &[],
    },
    Entry {
        signal: Plain::ConsentAnalytics,
        name: "consent.analytics",
        kind: Type::Bool,
        source: Source::FirstParty,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Few(2),
        meaning: "Consent to analytics.",
        values: &[],
    },
    Entry {
        signal: Plain::ConsentPersonalization,
        name: "consent.personalization",
        kind: Type::Bool,
        source: Source::FirstParty,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Few(2),
        meaning: "Consent to personalization.",
        values: &[],
    },
    Entry {
        signal: Plain::ConsentMarketing,
        name: "consent.marketing",
        kind: Type::Bool,
        source: Source::FirstParty,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Few(2),
        meaning: "Consent to marketing.",
        values: &[],
    },
    Entry {
        signal: Plain::ConsentGpc,
        name: "consent.gpc",
        kind: Type::Bool,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Few(2),
        meaning: "Whether the browser sends Global Privacy Control.",
        values: &[],
    },
];

pub(super) fn read<'a>(signals: &'a Signals<'a>, signal: Plain) -> Value<'a> {
    let purpose = match signal {
        Plain::ConsentFunctional => Purpose::Functional,
        Plain::ConsentAnalytics => Purpose::Analytics,
        Plain::ConsentPersonalization => Purpose::Personalization,
        Plain::ConsentMarketing => Purpose::Marketing,
        _ => return Value::Bool(signals.request.is_gpc()),
    };
    Value::Bool(signals.granted.contains(purpose))
}
