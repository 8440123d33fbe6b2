//! Signals of what the visitor has told the shop.

use super::Signals;
use super::catalogue::{Cardinality, NamedFamily, Source};
use crate::consent::Purpose;
use crate::hash::fnv1a;
use crate::value::{Type, Unknown, Value};

pub(super) const ANSWERS: NamedFamily = NamedFamily {
    prefix: "answers",
    of: "question",
    kind: Type::Text,
    source: Source::ZeroParty,
    purpose: Purpose::Personalization,
    cardinality: Cardinality::Many,
    meaning: "The visitor's answer to a question of `site.toml`.",
};

pub(super) fn read<'a>(signals: &'a Signals<'a>, question: u16) -> Value<'a> {
    let texts = &signals.bundle.texts;
    let answer = signals.bundle.site.questions.get(usize::from(question)).and_then(|question| {
        let (_, given) = signals.profile?.answers.iter().find(|(asked, _)| *asked == question.key)?;
        // An answer that the site no longer offers is no answer.
        question.answers.iter().map(|&answer| texts.get(answer)).find(|answer| fnv1a(answer) == *given)
    });
    answer.map_or(Value::Unknown(Unknown::Absent), Value::Text)
}
