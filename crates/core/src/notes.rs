//! What only people need of a bundle: what things are called, and how conditions read.
//!
//! Notes stand beside a bundle's body in its file. The evaluator never reads them: it speaks numbers, and whoever shows a
//! decision to people puts the words to them.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::bundle::{Bundle, CacheClass, GeoFact};
use crate::condition::{self, Node, NodeId};
use crate::consent::Purpose;
use crate::fact::Fact;
use crate::signal::{self, Source};
use crate::template::Piece;

/// The words to a bundle's numbers. Lists are in the order of what they name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notes {
    /// [`Bundle::facts`], as the worker knows them: `url`, `header:NAME` or `cf:NAME`.
    pub facts: Vec<String>,
    /// Which of them say what of the visitor's place, by the words of previews: `country`, `region`, `city`, `postal`, `zone`.
    pub places: Vec<(String, u32)>,
    /// [`Bundle::rules`]
    pub rules: Vec<String>,
    /// Names of variants, which [`crate::bundle::Variant::name`] points into; the first is empty.
    pub variants: Vec<String>,
    /// [`Bundle::segments`]
    pub segments: Vec<SegmentNote>,
    /// The slots.
    pub slots: Vec<String>,
    /// Selectors of [`Bundle::targets`].
    pub targets: Vec<String>,
    /// [`crate::bundle::Site::markets`]
    pub markets: Vec<String>,
    /// [`crate::bundle::Site::questions`]
    pub questions: Vec<QuestionNote>,
    /// [`crate::bundle::Site::custom`]
    pub custom: Vec<String>,
    /// The conditions and placeholders that an explanation can mention, by their number among [`Bundle::nodes`].
    pub conditions: Vec<(u32, String)>,
    /// The signals among [`Bundle::nodes`].
    pub signals: Vec<SignalNote>,
    /// Whether there is a stage whose pages visitors share who have the same variant key. Where rules read the page, there is
    /// none to share before it was read.
    pub shares: bool,
}

/// A named audience.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentNote {
    /// Its name.
    pub id: String,
    /// Its kind.
    pub kind: SegmentKind,
}

/// A zero-party question and its answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionNote {
    /// Its name, after `answers.`.
    pub name: String,
    /// The answers that can be given.
    pub answers: Vec<String>,
}

/// A signal that conditions read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignalNote {
    /// Its number among [`Bundle::nodes`].
    pub node: u32,
    /// Its name, as conditions write it.
    pub name: String,
    /// Where it comes from.
    pub source: Source,
    /// The purpose that reading it needs.
    pub purpose: Purpose,
}

/// Why an audience is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SegmentKind {
    /// What visitors did.
    Behavioural,
    /// What they are about to do.
    Intent,
    /// What they are worth to the shop.
    Value,
    /// What they need because of where or with what they shop.
    Need,
}

impl SegmentKind {
    /// The name in rule files and messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Behavioural => "behavioural",
            Self::Intent => "intent",
            Self::Value => "value",
            Self::Need => "need",
        }
    }
}

impl Notes {
    /// The notes of a bundle; `named` holds what the bundle itself does not know: the names of rules, variants, segments,
    /// slots, targets, questions and custom signals.
    #[must_use]
    pub fn of(bundle: &Bundle, named: Self) -> Self {
        let mut notes = named;
        notes.facts = bundle.facts.iter().map(|fact| fact.name(bundle)).collect();
        let places =
            (0..).zip(&bundle.facts).filter_map(|(number, fact)| Some((place(*fact)?.into(), number)));
        notes.places = places.collect();
        let markets = bundle.site.markets.iter();
        notes.markets = markets.map(|market| bundle.texts.get(market.id).into()).collect();
        notes.conditions = Vec::new();
        for id in mentioned(bundle) {
            let mut text = String::new();
            condition::display(bundle, &notes, id, &mut text);
            notes.conditions.push((id.0, text));
        }
        let mut stages = bundle.stages.iter();
        notes.shares = stages.any(|plan| matches!(plan.cache, CacheClass::Shared { .. }) && !plan.reads_page);
        notes.signals = Vec::new();
        for (node, expression) in (0..).zip(&bundle.nodes) {
            let Node::Signal(signal) = *expression else { continue };
            let mut name = String::new();
            signal::write_name(bundle, &notes, signal, &mut name);
            let (source, purpose) = (signal::source(signal), signal::purpose(bundle, signal));
            notes.signals.push(SignalNote { node, name, source, purpose });
        }
        notes
    }

    /// The text of a condition; empty for one that explanations do not mention.
    #[must_use]
    pub fn condition(&self, id: u32) -> &str {
        let found = self.conditions.binary_search_by_key(&id, |(node, _)| *node).ok();
        found.and_then(|index| self.conditions.get(index)).map_or("", |(_, text)| text)
    }
}

/// The name with a number, or nothing for a number that no name has.
pub(crate) fn name(names: &[String], number: u32) -> &str {
    names.get(number as usize).map_or("", String::as_str)
}

/// The word of previews for a fact of the visitor's place.
fn place(fact: Fact) -> Option<&'static str> {
    match fact {
        Fact::Geo(GeoFact::Country) => Some("country"),
        Fact::Geo(GeoFact::Region) => Some("region"),
        Fact::Geo(GeoFact::City) => Some("city"),
        Fact::Geo(GeoFact::PostalCode) => Some("postal"),
        Fact::Geo(GeoFact::TimeZone) => Some("zone"),
        _ => None,
    }
}

/// What explanations mention: the conditions that conjunctions and disjunctions are made of, and placeholders. Ascending.
fn mentioned(bundle: &Bundle) -> Vec<NodeId> {
    let templates = bundle.contents.iter().flat_map(|content| {
        core::iter::once(&content.default).chain(content.variants.iter().map(|(_, template)| template))
    });
    let mut mentioned: Vec<NodeId> = templates
        .flat_map(|template| &template.pieces)
        .filter_map(|piece| match piece {
            Piece::Placeholder { value, .. } => Some(*value),
            Piece::Literal(_) => None,
        })
        .collect();
    let segments = bundle.segments.iter().map(|segment| segment.condition);
    let mut roots: Vec<NodeId> =
        segments.chain(bundle.rules.iter().filter_map(|rule| rule.condition)).collect();
    let mut seen = alloc::vec![false; bundle.nodes.len()];
    while let Some(id) = roots.pop() {
        let Some(seen) = seen.get_mut(id.0 as usize) else { continue };
        if core::mem::replace(seen, true) {
            continue;
        }
        match bundle.nodes.get(id.0 as usize) {
            Some(Node::And(operands) | Node::Or(operands)) => roots.extend(operands),
            Some(Node::Not(inner)) => {
                // As what a rule lacks; what decided is within it, where more is negated than one condition.
                mentioned.push(id);
                let inner_node = bundle.nodes.get(inner.0 as usize);
                if matches!(inner_node, Some(Node::And(_) | Node::Or(_) | Node::Not(_))) {
                    roots.push(*inner);
                }
            }
            _ => mentioned.push(id),
        }
    }
    mentioned.sort_unstable();
    mentioned.dedup();
    mentioned
}
