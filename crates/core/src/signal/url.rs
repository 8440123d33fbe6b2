//! Signals of the request URL.

use super::Signals;
use super::catalogue::{Cardinality, Entry, NamedFamily, Plain, Source};
use crate::consent::Purpose;
use crate::value::{Type, Value};

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        signal: Plain::UrlHost,
        name: "url.host",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Url,
        meaning: "The host name, lower case.",
        values: &[],
    },
    Entry {
        signal: Plain::UrlPath,
        name: "url.path",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Url,
        meaning: "The path as sent, percent escapes included.",
        values: &[],
    },
];

pub(super) const QUERY: NamedFamily = NamedFamily {
    prefix: "url.query",
    of: "query parameter",
    kind: Type::Text,
    source: Source::Request,
    purpose: Purpose::Necessary,
    cardinality: Cardinality::Url,
    meaning: "A query parameter, decoded; the first when there are several.",
};

pub(super) const ROUTE: NamedFamily = NamedFamily {
    prefix: "route",
    of: "route capture",
    kind: Type::Text,
    source: Source::Request,
    purpose: Purpose::Necessary,
    cardinality: Cardinality::Url,
    meaning: "What the stage's route captured from the path, decoded.",
};

pub(super) fn read<'a>(signals: &'a Signals<'a>, signal: Plain) -> Value<'a> {
    let url = signals.url();
    Value::text_or_absent(url.map(|url| if signal == Plain::UrlHost { url.host } else { url.path }))
}
