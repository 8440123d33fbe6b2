//! Signals of the page that the request is for.

use super::Signals;
use super::catalogue::{Cardinality, Entry, Plain, Source};
use crate::consent::Purpose;
use crate::value::{Type, Value};

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        signal: Plain::PageCategory,
        name: "page.category",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Url,
        meaning: "The category id.",
        values: &[],
    },
    Entry {
        signal: Plain::PageProduct,
        name: "page.product",
        kind: Type::Text,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Url,
        meaning: "The product id.",
        values: &[],
    },
    Entry {
        signal: Plain::PagePrice,
        name: "page.price",
        kind: Type::Double,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Url,
        meaning: "The product's price in the base currency.",
        values: &[],
    },
    Entry {
        signal: Plain::PageStock,
        name: "page.stock",
        kind: Type::Int,
        source: Source::Request,
        purpose: Purpose::Necessary,
        cardinality: Cardinality::Url,
        meaning: "Pieces in stock.",
        values: &[],
    },
];

pub(super) fn read<'a>(signals: &'a Signals<'a>, signal: Plain) -> Value<'a> {
    let page = &signals.bundle.site.page;
    match signal {
        Plain::PageCategory => signals.shop_fact(&page.category, Type::Text),
        Plain::PageProduct => signals.shop_fact(&page.product, Type::Text),
        Plain::PagePrice => signals.shop_fact(&page.price, Type::Double),
        _ => signals.shop_fact(&page.stock, Type::Int),
    }
}
