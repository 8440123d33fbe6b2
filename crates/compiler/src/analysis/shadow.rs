//! Rules that another rule always beats.

use std::collections::BTreeMap;

use footlight_core::bundle::{Bundle, Edit, Rule};
use footlight_core::condition::NodeId;
use footlight_core::template::Piece;

use super::atom::Atoms;
use super::facts::Facts;

/// Each rule that can never win, with the rule that always beats it; both as indices into the bundle's rules. Rules
/// without facts never apply anyway.
pub(super) fn shadowed(atoms: &Atoms<'_>, facts: &[Option<Facts>]) -> Vec<(usize, usize)> {
    let bundle = atoms.bundle;
    let mut by_slot: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
    let mut pairs = Vec::new();
    let needs: Vec<Needs> = bundle.rules.iter().map(|rule| Needs::of(bundle, rule)).collect();
    for (index, rule) in bundle.rules.iter().enumerate() {
        let Some(Some(own)) = facts.get(index) else { continue };
        let before = by_slot.entry(rule.slot).or_default();
        let by = before.iter().copied().find(|&earlier| {
            let (Some(winner), Some(winner_needs), Some(own_needs)) =
                (bundle.rules.get(earlier), needs.get(earlier), needs.get(index))
            else {
                return false;
            };
            beats(bundle, winner, rule)
                && winner_needs.are_met_by(own_needs)
                && conditions(bundle, winner).all(|condition| own.implies(atoms, condition))
        });
        match by {
            // What is beaten itself beats nothing that its own winner does not.
            Some(by) => pairs.push((index, by)),
            None => before.push(index),
        }
    }
    pairs
}

fn conditions<'b>(bundle: &'b Bundle, rule: &'b Rule) -> impl Iterator<Item = NodeId> + 'b {
    let segments = rule.segments.iter().filter_map(|&segment| bundle.segments.get(usize::from(segment)));
    segments.map(|segment| segment.condition).chain(rule.condition)
}

/// Whether `winner` has nothing of its own, besides its conditions, that could keep it back where `rule` could apply.
fn beats(bundle: &Bundle, winner: &Rule, rule: &Rule) -> bool {
    let is_unlimited = winner.cap.is_none() && winner.experiment.is_none();
    let is_everywhere = rule.stages.iter().all(|stage| winner.stages.contains(stage));
    is_unlimited && is_everywhere && is_always(winner, rule) && is_in_budget(bundle, winner, rule)
}

/// Whether the winner's time covers the rule's.
fn is_always(winner: &Rule, rule: &Rule) -> bool {
    let start = |rule: &Rule| rule.schedule.from_ms.unwrap_or(i64::MIN);
    let end = |rule: &Rule| rule.schedule.until_ms.unwrap_or(i64::MAX).min(rule.schedule.expires_ms);
    start(winner) <= start(rule) && end(winner) >= end(rule)
}

/// Whether the page's budget never refuses the winner and then takes the rule.
fn is_in_budget(bundle: &Bundle, winner: &Rule, rule: &Rule) -> bool {
    winner.kind == rule.kind
        || rule.stages.iter().all(|stage| {
            bundle.stages.get(stage as usize).is_some_and(|plan| {
                plan.uncounted.contains(&winner.kind)
                    && plan.allowed.contains(&winner.kind)
                    && plan.limits.iter().all(|(limited, _)| *limited != winner.kind)
            })
        })
}

/// What must be known for a rule's content to be shown.
#[derive(Debug, Default)]
struct Needs {
    /// Values to fill in. Language variants fill in different ones, so it is not asked which.
    values: bool,
    market: bool,
}

impl Needs {
    fn of(bundle: &Bundle, rule: &Rule) -> Self {
        let mut needs = Self::default();
        for edit in rule.variants.iter().flat_map(|variant| &variant.edits) {
            match edit {
                Edit::Insert { content, .. } | Edit::SetAttribute { content, .. } => {
                    let Some(content) = bundle.contents.get(usize::from(*content)) else { continue };
                    let templates = content.variants.iter().map(|(_, template)| template);
                    for piece in templates.chain([&content.default]).flat_map(|template| &template.pieces) {
                        needs.values |= matches!(piece, Piece::Placeholder { .. });
                    }
                }
                Edit::Price { .. } => needs.market = true,
                Edit::RemoveAttribute { .. } | Edit::Remove { .. } => {}
            }
        }
        needs
    }

    /// Whether all that this needs is surely known where `other` is shown.
    fn are_met_by(&self, other: &Self) -> bool {
        !self.values && (!self.market || other.market)
    }
}
