//! Signals of the visitor's market.

use super::Signals;
use super::catalogue::{Cardinality, Entry, Plain, SiteCount, Source};
use crate::consent::Purpose;
use crate::value::{Type, Unknown, Value};

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        signal: Plain::MarketId,
        name: "market.id",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Site(SiteCount::Markets),
        meaning: "The market that the visitor's country belongs to.",
        values: &[],
    },
    Entry {
        signal: Plain::MarketCurrency,
        name: "market.currency",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Site(SiteCount::Markets),
        meaning: "The market's currency, ISO 4217.",
        values: &[],
    },
    Entry {
        signal: Plain::MarketLocale,
        name: "market.locale",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Site(SiteCount::Markets),
        meaning: "The market's locale, BCP 47.",
        values: &[],
    },
    Entry {
        signal: Plain::MarketTaxLabel,
        name: "market.tax_label",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Site(SiteCount::Markets),
        meaning: "What the market says of taxes next to prices.",
        values: &[],
    },
];

pub(super) fn read<'a>(signals: &'a Signals<'a>, signal: Plain) -> Value<'a> {
    let Some(market) = signals.market() else { return Value::Unknown(Unknown::Absent) };
    let texts = &signals.bundle.texts;
    Value::text_or_absent(Some(match signal {
        Plain::MarketId => texts.get(market.id),
        Plain::MarketCurrency => market.currency.code.as_str(),
        Plain::MarketLocale => texts.get(market.locale),
        _ => texts.get(market.tax_label),
    }))
}
