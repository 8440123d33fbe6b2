//! Signals of the connection.

use super::Signals;
use super::catalogue::{Cardinality, Entry, Plain, Source};
use crate::ascii::trim;
use crate::consent::Purpose;
use crate::value::{Type, Value};

pub(super) const ENTRIES: &[Entry] = &[Entry {
    signal: Plain::NetworkSaveData,
    name: "network.save_data",
    kind: Type::Bool,
    source: Source::Request,
    purpose: Purpose::Necessary,
    cardinality: Cardinality::Few(2),
    meaning: "Whether the visitor asks for less data (Save-Data).",
    values: &[],
}];

pub(super) fn read<'a>(signals: &'a Signals<'a>) -> Value<'a> {
    Value::Bool(trim(signals.request.save_data).eq_ignore_ascii_case("on"))
}
