//! Rules that can never win. Sound: a warning is never wrong. Complete for conjunctions of equality, membership, ranges
//! and truth values; what is beyond them is taken as it stands, so silence proves nothing.
//!
//! The way there: conditions → conjuncts → atoms (one signal compared with constants) → for each signal the values that
//! are left → two rules compared.

mod atom;
mod domain;
mod facts;
mod number;
mod shadow;

use footlight_core::bundle::Bundle;
use footlight_core::condition::{self, NodeId};

use crate::diagnostic::{At, Diagnostic, reach};
use atom::Atoms;
use facts::{Contradiction, Facts};

/// Where rules and segments stand, in the order of the bundle.
#[derive(Debug, Default)]
pub(crate) struct Places {
    pub(crate) rules: Vec<At>,
    pub(crate) segments: Vec<At>,
}

/// What can never happen in a bundle.
pub(crate) fn analyse(bundle: &Bundle, places: &Places) -> Vec<Diagnostic> {
    let atoms = Atoms::new(bundle);
    let mut diagnostics = Vec::new();
    let mut is_dead_segment = Vec::with_capacity(bundle.segments.len());
    for (segment, at) in bundle.segments.iter().zip(&places.segments) {
        let contradiction = Facts::of(&atoms, [segment.condition]).err();
        is_dead_segment.push(contradiction.is_some());
        if let Some(contradiction) = contradiction.filter(Contradiction::is_news) {
            let what = format!("the segment `{}`", bundle.texts.get(segment.id));
            diagnostics.push(reach::contradiction(*at, &what, &conditions(bundle, &contradiction)));
        }
    }
    let mut facts = Vec::with_capacity(bundle.rules.len());
    for (rule, at) in bundle.rules.iter().zip(&places.rules) {
        let is_dead = |segment: &u16| is_dead_segment.get(usize::from(*segment)).copied().unwrap_or(false);
        if rule.segments.iter().any(is_dead) {
            facts.push(None);
            continue;
        }
        let segments = rule.segments.iter().filter_map(|&segment| bundle.segments.get(usize::from(segment)));
        let all = segments.map(|segment| segment.condition).chain(rule.condition);
        match Facts::of(&atoms, all) {
            Ok(found) => facts.push(Some(found)),
            Err(contradiction) => {
                if contradiction.is_news() {
                    let what = format!("the rule `{}`", bundle.texts.get(rule.id));
                    diagnostics.push(reach::contradiction(*at, &what, &conditions(bundle, &contradiction)));
                }
                facts.push(None);
            }
        }
    }
    for (shadowed, by) in shadow::shadowed(&atoms, &facts) {
        let (Some(rule), Some(winner)) = (bundle.rules.get(shadowed), bundle.rules.get(by)) else { continue };
        let (Some(at), Some(by_at)) = (places.rules.get(shadowed), places.rules.get(by)) else { continue };
        let text = |id| bundle.texts.get(id);
        let slot = bundle.slots.get(usize::from(rule.slot)).map_or("", |slot| text(slot.id));
        let order = if winner.priority == rule.priority {
            "the same priority, and its id comes first".to_owned()
        } else {
            format!("priority {} before {}", winner.priority, rule.priority)
        };
        diagnostics.push(reach::shadowed(*at, text(rule.id), *by_at, text(winner.id), slot, &order));
    }
    diagnostics
}

fn conditions(bundle: &Bundle, Contradiction(nodes): &Contradiction) -> Vec<String> {
    let text = |node: &NodeId| {
        let mut text = String::new();
        condition::display(bundle, *node, &mut text);
        text
    };
    nodes.iter().map(text).collect()
}
