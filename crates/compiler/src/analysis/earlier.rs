//! Which earlier rules can have something in common with a rule, so that not every pair has to be looked at: of rules that
//! ask for `route.category == 'boots'` those that ask for another category are left out.

use std::collections::BTreeMap;

use super::facts::{Axis, Facts};
use super::values::Cut;

/// One value that a rule asks for.
type Pin<'b> = (Axis, Cut<'b>);

/// For each rule the value that it asks for and fewest others do.
pub(super) struct Pins<'b>(Vec<Option<Pin<'b>>>);

impl<'b> Pins<'b> {
    pub(super) fn new(facts: &[Option<Facts<'b>>]) -> Self {
        let mut counts: BTreeMap<Pin<'b>, usize> = BTreeMap::new();
        for pin in facts.iter().flatten().flat_map(pins) {
            *counts.entry(pin).or_default() += 1;
        }
        let rarest = |facts: &Option<Facts<'b>>| {
            let own = facts.as_ref().into_iter().flat_map(pins);
            own.min_by_key(|pin| counts.get(pin).copied().unwrap_or(0))
        };
        Self(facts.iter().map(rarest).collect())
    }

    pub(super) fn of(&self, rule: usize) -> Option<Pin<'b>> {
        self.0.get(rule).copied().flatten()
    }
}

fn pins<'f, 'b>(facts: &'f Facts<'b>) -> impl Iterator<Item = Pin<'b>> + use<'f, 'b> {
    facts.region.iter().filter_map(|(axis, values)| match values.points()?.as_slice() {
        [only] => Some((*axis, *only)),
        _ => None,
    })
}

/// Rules that were looked at already.
#[derive(Debug, Default)]
pub(super) struct Earlier<'b> {
    /// Those that ask for no single value.
    free: Vec<usize>,
    pinned: BTreeMap<Axis, BTreeMap<Cut<'b>, Vec<usize>>>,
}

impl<'b> Earlier<'b> {
    pub(super) fn push(&mut self, rule: usize, pin: Option<Pin<'b>>) {
        match pin {
            Some((axis, value)) => self.pinned.entry(axis).or_default().entry(value).or_default().push(rule),
            None => self.free.push(rule),
        }
    }

    /// Those that may apply where these facts hold, in order.
    pub(super) fn that_can_meet(&self, facts: &Facts<'b>) -> Vec<usize> {
        let mut found = self.free.clone();
        for (axis, by_value) in &self.pinned {
            match facts.region.get(axis).and_then(|values| values.points()) {
                Some(points) => {
                    found.extend(points.iter().filter_map(|point| by_value.get(point)).flatten());
                }
                None => found.extend(by_value.values().flatten()),
            }
        }
        found.sort_unstable();
        found
    }

    /// Those that may apply wherever these facts hold, in order.
    pub(super) fn that_can_hold(&self, facts: &Facts<'b>) -> Vec<usize> {
        let mut found = self.free.clone();
        for (axis, by_value) in &self.pinned {
            let points = facts.region.get(axis).and_then(|values| values.points());
            if let Some([only]) = points.as_deref() {
                found.extend(by_value.get(only).into_iter().flatten());
            }
        }
        found.sort_unstable();
        found
    }
}
