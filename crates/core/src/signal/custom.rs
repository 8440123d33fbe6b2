//! Signals that the site declares.

use super::Signals;
use super::catalogue::{Cardinality, NamedFamily, Source};
use crate::consent::Purpose;
use crate::value::{Type, Unknown, Value};

pub(super) const CUSTOM: NamedFamily = NamedFamily {
    prefix: "custom",
    of: "custom signal",
    kind: Type::Text,
    source: Source::Crm,
    purpose: Purpose::Personalization,
    cardinality: Cardinality::Many,
    meaning: "A signal that `site.toml` declares, with the type and purpose declared there.",
};

pub(super) fn read<'a>(signals: &'a Signals<'a>, index: u16) -> Value<'a> {
    let Some(custom) = signals.bundle.site.custom.get(usize::from(index)) else {
        return Value::Unknown(Unknown::Absent);
    };
    signals.shop_fact(core::slice::from_ref(&custom.origin), custom.kind)
}
