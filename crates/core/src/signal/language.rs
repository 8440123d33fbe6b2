//! Signals of the visitor's languages.

use alloc::string::String;

use super::Signals;
use super::catalogue::{Cardinality, Entry, Plain, SiteCount, Source};
use crate::consent::Purpose;
use crate::language::AcceptLanguage;
use crate::value::{Type, Value};

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        signal: Plain::LanguageTag,
        name: "language.tag",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Site(SiteCount::Locales),
        meaning: "The site's locale that fits the visitor's languages best (RFC 4647 lookup); the site's default when none fits.",
        values: &[],
    },
    Entry {
        signal: Plain::LanguagePreferred,
        name: "language.preferred",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Many,
        meaning: "The language range that the visitor prefers, as sent.",
        values: &[],
    },
];

pub(super) fn read<'a>(signals: &'a Signals<'a>, signal: Plain) -> Value<'a> {
    if signal == Plain::LanguageTag {
        return Value::text_or_absent(signals.bundle.site.locales.get(signals.locale()).map(String::as_str));
    }
    let accepted = AcceptLanguage::parse(signals.request.accept_language);
    Value::text_or_absent(accepted.ranges().first().map(|range| range.tag))
}
