//! What must be known for a rule's content to be shown.

use std::collections::BTreeSet;

use footlight_core::bundle::{Bundle, Edit, Rule};
use footlight_core::condition::{Node, NodeId};
use footlight_core::signal::{Plain, Signal};
use footlight_core::template::Piece;

use super::condition::{Conditions, kind};
use super::facts::{Axis, Facts};
use super::values::Values;

/// What must be known for a rule's content to be shown.
#[derive(Debug, Default)]
pub(super) struct Needs {
    /// Values to fill in, in any of its languages: which one is asked for is not looked at.
    values: BTreeSet<NodeId>,
    market: bool,
}

impl Needs {
    pub(super) fn of(bundle: &Bundle, rule: &Rule) -> Self {
        let mut needs = Self::default();
        for edit in rule.variants.iter().flat_map(|variant| &variant.edits) {
            match edit {
                Edit::Insert { content, .. } | Edit::SetAttribute { content, .. } => {
                    let Some(content) = bundle.contents.get(usize::from(*content)) else { continue };
                    let templates = content.variants.iter().map(|(_, template)| template);
                    for piece in templates.chain([&content.default]).flat_map(|template| &template.pieces) {
                        if let Piece::Placeholder { value, .. } = piece {
                            needs.values.insert(*value);
                        }
                    }
                }
                Edit::Price { .. } => needs.market = true,
                Edit::RemoveAttribute { .. } | Edit::Remove { .. } => {}
            }
        }
        needs
    }

    /// Whether all that this needs is surely known where `other`, of which `facts` hold, is shown.
    pub(super) fn are_met_by(&self, conditions: &Conditions<'_>, other: &Self, facts: &Facts<'_>) -> bool {
        let is_known =
            |signal: Signal| facts.region.get(&Axis::Signal(signal)).is_some_and(|values| values.is_known());
        let is_there = |value: &NodeId| match conditions.node(*value) {
            Some(Node::Signal(signal)) => is_known(*signal),
            _ => false,
        };
        self.values.iter().all(is_there)
            && (!self.market || other.market || is_known(Signal::Plain(Plain::MarketId)))
    }

    /// `facts` where all that this needs is known; `None` when that is nowhere, or cannot be told.
    pub(super) fn within<'b>(&self, conditions: &Conditions<'b>, mut facts: Facts<'b>) -> Option<Facts<'b>> {
        let market = self.market.then_some(Signal::Plain(Plain::MarketId));
        let signals = self.values.iter().map(|&value| match conditions.node(value) {
            Some(Node::Signal(signal)) => Some(*signal),
            _ => None,
        });
        for signal in signals.chain(market.map(Some)) {
            let signal = signal?;
            let known = Values::known(kind(conditions.bundle, signal));
            if facts.narrow(Axis::Signal(signal), &known) {
                return None;
            }
        }
        Some(facts)
    }
}
