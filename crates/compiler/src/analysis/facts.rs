//! What holds whenever a rule applies: for each thing it depends on, the values that are left.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use footlight_core::bundle::{Rule, Schedule};
use footlight_core::condition::{Literal, Node, NodeId};
use footlight_core::signal::Signal;
use footlight_core::stage::{Stage, Stages};

use super::condition::{self, Conditions};
use super::values::{Cut, Values};

/// Something that a rule depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Axis {
    Signal(Signal),
    /// The page's stage, by its number.
    Stage,
    /// The time of the request.
    Time,
}

/// The values that are left on each axis; on those not named, any.
pub(super) type Region<'b> = BTreeMap<Axis, Rc<Values<'b>>>;

/// A condition that is taken as it stands, and whether it must hold or must fail.
pub(super) type Opaque = (NodeId, bool);

/// What holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts<'b> {
    pub(super) region: Region<'b>,
    pub(super) opaque: BTreeSet<Opaque>,
}

/// Conditions that exclude each other, as they must hold (`true`) or fail.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Contradiction(pub(super) Vec<Opaque>);

impl<'b> Facts<'b> {
    /// What follows when all of `all` hold.
    pub(super) fn of(
        conditions: &Conditions<'b>,
        all: impl IntoIterator<Item = NodeId>,
    ) -> Result<Self, Contradiction> {
        let mut facts = Self::default();
        let all: Vec<Opaque> = all.into_iter().map(|id| (id, true)).collect();
        facts.assume(conditions, all)?;
        Ok(facts)
    }

    /// Adds that all of `pending` hold (or fail).
    pub(super) fn assume(
        &mut self,
        conditions: &Conditions<'b>,
        mut pending: Vec<Opaque>,
    ) -> Result<(), Contradiction> {
        let mut by_signal: BTreeMap<Signal, Vec<Opaque>> = BTreeMap::new();
        pending.reverse();
        while let Some((id, wanted)) = pending.pop() {
            match (conditions.node(id), wanted) {
                (Some(Node::And(all)), true) | (Some(Node::Or(all)), false) => {
                    pending.extend(all.iter().rev().map(|&operand| (operand, wanted)));
                    continue;
                }
                (Some(Node::Not(inner)), _) if conditions.get(id).is_none() => {
                    pending.push((*inner, !wanted));
                    continue;
                }
                (Some(Node::Literal(Literal::Bool(value))), _) if *value == wanted => continue,
                (Some(Node::Literal(Literal::Bool(_))), _) => return Err(Contradiction(vec![(id, wanted)])),
                _ => {}
            }
            let Some(condition) = conditions.get(id) else {
                if self.opaque.contains(&(id, !wanted)) {
                    return Err(Contradiction(vec![(id, !wanted), (id, wanted)]));
                }
                self.opaque.insert((id, wanted));
                continue;
            };
            let earlier = by_signal.entry(condition.signal).or_default();
            earlier.push((id, wanted));
            if self.narrow(Axis::Signal(condition.signal), condition.values(wanted)) {
                return Err(Contradiction(fewest(conditions, earlier)));
            }
        }
        Ok(())
    }

    /// Leaves only `values` on an axis, and tells whether that is nothing.
    pub(super) fn narrow(&mut self, axis: Axis, values: &Values<'b>) -> bool {
        let left = match self.region.get(&axis) {
            Some(before) if before.is_within(values) => return false,
            Some(before) => before.and(values),
            None => values.clone(),
        };
        let is_empty = left.is_empty();
        self.region.insert(axis, Rc::new(left));
        is_empty
    }

    /// Leaves only the rule's own time, and of its stages those given.
    pub(super) fn within(mut self, rule: &Rule, stages: Stages) -> Self {
        self.region.insert(Axis::Stage, Rc::new(stage_values(stages)));
        self.region.insert(Axis::Time, Rc::new(times(rule.schedule)));
        self
    }

    /// What an axis can be.
    pub(super) fn values(&self, conditions: &Conditions<'b>, axis: Axis) -> Rc<Values<'b>> {
        self.region.get(&axis).cloned().unwrap_or_else(|| Rc::new(anything(conditions, axis)))
    }

    /// Whether a condition holds (or fails, as wanted) whenever these facts do.
    pub(super) fn implies(&self, conditions: &Conditions<'b>, (id, wanted): Opaque) -> bool {
        if self.opaque.contains(&(id, wanted)) {
            return true;
        }
        if let Some(condition) = conditions.get(id) {
            let left = self.region.get(&Axis::Signal(condition.signal));
            return left.is_some_and(|left| left.is_within(condition.values(wanted)));
        }
        match (conditions.node(id), wanted) {
            (Some(Node::And(all)), true) | (Some(Node::Or(all)), false) => {
                all.iter().all(|&operand| self.implies(conditions, (operand, wanted)))
            }
            (Some(Node::Or(any)), true) | (Some(Node::And(any)), false) => {
                any.iter().any(|&operand| self.implies(conditions, (operand, wanted)))
            }
            (Some(Node::Not(inner)), _) => self.implies(conditions, (*inner, !wanted)),
            (Some(Node::Literal(Literal::Bool(value))), _) => *value == wanted,
            _ => false,
        }
    }
}

/// Whatever an axis can be.
pub(super) fn anything<'b>(conditions: &Conditions<'b>, axis: Axis) -> Values<'b> {
    match axis {
        Axis::Stage => stage_values(Stage::ALL.into_iter().collect()),
        Axis::Time => Values::range(Cut::Number(i64::MIN.into()), Cut::Number(i64::MAX.into())),
        Axis::Signal(signal) => Values::any(condition::kind(conditions.bundle, signal)),
    }
}

pub(super) fn stage_values<'b>(stages: Stages) -> Values<'b> {
    let point = |stage: Stage| {
        let number = stage as i128;
        Values::range(Cut::Number(number), Cut::Number(number + 1))
    };
    stages.iter().fold(Values::NONE, |values, stage| values.or(&point(stage)))
}

fn times<'b>(schedule: Schedule) -> Values<'b> {
    let from = schedule.from_ms.unwrap_or(i64::MIN);
    let until = schedule.until_ms.unwrap_or(i64::MAX).min(schedule.expires_ms);
    Values::range(Cut::Number(from.into()), Cut::Number(until.into()))
}

/// Whether something is in both regions.
pub(super) fn meet(a: &Region<'_>, b: &Region<'_>) -> bool {
    a.iter().all(|(axis, values)| b.get(axis).is_none_or(|other| values.meets(other)))
}

/// Whether all of a region is in another.
pub(super) fn is_within(region: &Region<'_>, other: &Region<'_>) -> bool {
    other.iter().all(|(axis, values)| region.get(axis).is_some_and(|own| own.is_within(values)))
}

/// Two conditions on a signal that exclude each other by themselves, or one that nothing fulfils, else all of them.
fn fewest(conditions: &Conditions<'_>, all: &[Opaque]) -> Vec<Opaque> {
    let Some((&last, earlier)) = all.split_last() else { return Vec::new() };
    let values = |(id, wanted): Opaque| conditions.get(id).map(|found| found.values(wanted).clone());
    let Some(left) = values(last) else { return all.to_vec() };
    if left.is_empty() {
        return vec![last];
    }
    let excludes = |other: &&Opaque| values(**other).is_some_and(|other| !other.meets(&left));
    match earlier.iter().find(excludes) {
        Some(other) => vec![*other, last],
        None => all.to_vec(),
    }
}
