//! What the catalogue says of a signal in a bundle.

use alloc::string::String;

use super::catalogue::{self, Cardinality, Entry, NamedFamily, Plain, Signal, Source};
use super::{answer, custom, url, visitor};
use crate::bundle::Bundle;
use crate::consent::Purpose;

/// Purposes by [`Plain`]'s number, so that the check before each read is one look-up.
#[expect(
    clippy::indexing_slicing,
    reason = "evaluated by the compiler, which refuses an index out of bounds"
)]
const PURPOSES: [Purpose; Plain::ALL.len()] = {
    let mut purposes = [Purpose::Necessary; Plain::ALL.len()];
    let mut family = 0;
    while family < catalogue::FAMILIES.len() {
        let entries = catalogue::FAMILIES[family];
        let mut index = 0;
        while index < entries.len() {
            purposes[entries[index].signal as usize] = entries[index].purpose;
            index += 1;
        }
        family += 1;
    }
    purposes
};

fn family(signal: Signal) -> Result<&'static NamedFamily, Plain> {
    match signal {
        Signal::Plain(plain) => Err(plain),
        Signal::Query(_) => Ok(&url::QUERY),
        Signal::Route(_) => Ok(&url::ROUTE),
        Signal::Affinity(_) => Ok(&visitor::AFFINITY),
        Signal::Answer(_) => Ok(&answer::ANSWERS),
        Signal::Custom(_) => Ok(&custom::CUSTOM),
    }
}

/// The purpose that reading a signal needs.
#[must_use]
pub fn purpose(bundle: &Bundle, signal: Signal) -> Purpose {
    match signal {
        Signal::Plain(plain) => PURPOSES.get(plain as usize).copied().unwrap_or(Purpose::Personalization),
        // INVARIANT: custom signals declare theirs; without a declaration the strictest one holds.
        Signal::Custom(index) => {
            bundle.site.custom.get(usize::from(index)).map_or(Purpose::Marketing, |custom| custom.purpose)
        }
        Signal::Query(_) | Signal::Route(_) => Purpose::Necessary,
        Signal::Affinity(_) | Signal::Answer(_) => Purpose::Personalization,
    }
}

/// Where a signal comes from.
#[must_use]
pub fn source(signal: Signal) -> Source {
    match family(signal) {
        Ok(family) => family.source,
        Err(plain) => catalogue::entry(plain).map_or(Source::Request, |entry: &Entry| entry.source),
    }
}

/// How many values a signal can take.
#[must_use]
pub fn cardinality(signal: Signal) -> Cardinality {
    match family(signal) {
        Ok(family) => family.cardinality,
        Err(plain) => catalogue::entry(plain).map_or(Cardinality::Many, |entry| entry.cardinality),
    }
}

/// Appends a signal's name as conditions write it.
pub fn write_name(bundle: &Bundle, signal: Signal, out: &mut String) {
    let family = match family(signal) {
        Ok(family) => family,
        Err(plain) => {
            out.push_str(catalogue::entry(plain).map_or("", |entry| entry.name));
            return;
        }
    };
    let texts = &bundle.texts;
    let name = match signal {
        Signal::Query(id) | Signal::Route(id) | Signal::Affinity(id) => texts.get(id),
        Signal::Answer(index) => {
            bundle.site.questions.get(usize::from(index)).map_or("", |question| texts.get(question.name))
        }
        Signal::Custom(index) => {
            bundle.site.custom.get(usize::from(index)).map_or("", |custom| texts.get(custom.name))
        }
        Signal::Plain(_) => "",
    };
    out.push_str(family.prefix);
    let is_identifier = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !name.starts_with(|first: char| first.is_ascii_digit());
    if is_identifier {
        out.push('.');
        out.push_str(name);
    } else {
        out.push('[');
        crate::condition::write_quoted(name, out);
        out.push(']');
    }
}
