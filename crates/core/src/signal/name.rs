//! What the catalogue says of a signal in a bundle.

use alloc::string::String;

use super::catalogue::{self, Cardinality, NamedFamily, Plain, Signal, Source};
use super::{answer, custom, url, visitor};
use crate::bundle::Bundle;
use crate::consent::Purpose;
use crate::notes::{self, Notes};

/// Purposes by [`Plain`]'s number, so that the check before each read is one look-up. Of all that the catalogue says, only
/// this goes to the edge.
#[expect(
    clippy::indexing_slicing,
    reason = "evaluated by the compiler, which refuses an index out of bounds"
)]
static PURPOSES: [Purpose; Plain::ALL.len()] = {
    let mut purposes = [Purpose::Personalization; Plain::ALL.len()];
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

/// How a family of signals begins, and where it comes from.
const fn family(of: &NamedFamily) -> (&'static str, Source) {
    (of.prefix, of.source)
}

fn prefix_and_source(signal: Signal) -> (&'static str, Source) {
    match signal {
        Signal::Plain(plain) => {
            catalogue::entry(plain).map_or(("", Source::Request), |entry| (entry.name, entry.source))
        }
        Signal::Query(_) => const { family(&url::QUERY) },
        Signal::Route(_) => const { family(&url::ROUTE) },
        Signal::Affinity(_) => const { family(&visitor::AFFINITY) },
        Signal::Answer(_) => const { family(&answer::ANSWERS) },
        Signal::Custom(_) => const { family(&custom::CUSTOM) },
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
    prefix_and_source(signal).1
}

/// How many values a signal can take.
#[must_use]
pub fn cardinality(signal: Signal) -> Cardinality {
    match signal {
        Signal::Plain(plain) => catalogue::entry(plain).map_or(Cardinality::Many, |entry| entry.cardinality),
        Signal::Query(_) => url::QUERY.cardinality,
        Signal::Route(_) => url::ROUTE.cardinality,
        Signal::Affinity(_) => visitor::AFFINITY.cardinality,
        Signal::Answer(_) => answer::ANSWERS.cardinality,
        Signal::Custom(_) => custom::CUSTOM.cardinality,
    }
}

/// Appends a signal's name as conditions write it.
pub fn write_name(bundle: &Bundle, notes: &Notes, signal: Signal, out: &mut String) {
    out.push_str(prefix_and_source(signal).0);
    let texts = &bundle.texts;
    let name = match signal {
        Signal::Query(id) | Signal::Route(id) | Signal::Affinity(id) => texts.get(id),
        Signal::Answer(index) => {
            notes.questions.get(usize::from(index)).map_or("", |question| question.name.as_str())
        }
        Signal::Custom(index) => notes::name(&notes.custom, index.into()),
        Signal::Plain(_) => return,
    };
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
