//! Rules that other rules always beat.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use footlight_core::bundle::{Bundle, Rule};
use footlight_core::stage::{Stage, Stages};

use super::condition::Conditions;
use super::earlier::{Earlier, Pins};
use super::facts::{Axis, Facts, Region, anything, is_within, meet, stage_values};
use super::needs::Needs;

/// More steps than this are not taken: of a rule that takes more it stays unsaid that several beat it together.
const MOST_STEPS: usize = 4_096;

/// A rule that beats another wherever its region reaches.
type Winner<'b> = (usize, Region<'b>);

/// Each rule that can never win, with the rules that always beat it, one of them or another; all as indices into the
/// bundle's rules. Rules without facts never apply anyway.
pub(super) fn shadowed<'b>(
    conditions: &Conditions<'b>,
    facts: &[Option<Facts<'b>>],
    pins: &Pins<'b>,
) -> Vec<(usize, Vec<usize>)> {
    let bundle = conditions.bundle;
    let mut by_slot: BTreeMap<u16, Earlier<'b>> = BTreeMap::new();
    let mut found = Vec::new();
    let needs: Vec<Needs> = bundle.rules.iter().map(|rule| Needs::of(bundle, rule)).collect();
    for (index, rule) in bundle.rules.iter().enumerate() {
        let Some(Some(own)) = facts.get(index) else { continue };
        let before = by_slot.entry(rule.slot).or_default();
        let mut winners: Vec<Winner<'b>> = Vec::new();
        let mut alone = None;
        for earlier in before.that_can_meet(own) {
            let (Some(winner), Some(Some(facts)), Some(winner_needs), Some(own_needs)) =
                (bundle.rules.get(earlier), facts.get(earlier), needs.get(earlier), needs.get(index))
            else {
                continue;
            };
            if winner.cap.is_some() || winner.experiment.is_some() || !meet(&facts.region, &own.region) {
                continue;
            }
            let is_opaque = facts.opaque.iter().any(|&opaque| !own.implies(conditions, opaque));
            if is_opaque || !winner_needs.are_met_by(conditions, own_needs, own) {
                continue;
            }
            let mut region = facts.region.clone();
            region.insert(Axis::Stage, Rc::new(stage_values(unrefused(bundle, winner, rule))));
            if is_within(&own.region, &region) {
                alone = Some(earlier);
                break;
            }
            winners.push((earlier, region));
        }
        let by = match alone {
            Some(alone) => Some(vec![alone]),
            None => together(conditions, &own.region, winners),
        };
        match by {
            // What is beaten itself beats nothing that its own winners do not.
            Some(by) => found.push((index, by)),
            None => before.push(index, pins.of(index)),
        }
    }
    found
}

/// The winners that are needed to leave nothing of a region; `None` when something is left.
fn together<'b>(
    conditions: &Conditions<'b>,
    region: &Region<'b>,
    winners: Vec<Winner<'b>>,
) -> Option<Vec<usize>> {
    let covers = |winners: &[Winner<'b>]| {
        let mut used = BTreeSet::new();
        let mut steps = 0;
        // Pieces that are left, each with the first winner that was not asked yet.
        let mut pending = vec![(region.clone(), 0)];
        while let Some((piece, from)) = pending.pop() {
            let (place, (index, taken)) =
                winners.iter().enumerate().skip(from).find(|(_, (_, region))| meet(&piece, region))?;
            used.insert(*index);
            steps += 1;
            if steps > MOST_STEPS {
                return None;
            }
            without(conditions, piece, taken, |rest| pending.push((rest, place + 1)));
        }
        Some(used)
    };
    let used = covers(&winners)?;
    let mut needed: Vec<Winner<'b>> = winners.into_iter().filter(|(index, _)| used.contains(index)).collect();
    let mut place = needed.len();
    while place > 0 {
        place -= 1;
        let maybe = needed.remove(place);
        if covers(&needed).is_none() {
            needed.insert(place, maybe);
        }
    }
    Some(needed.into_iter().map(|(index, _)| index).collect())
}

/// What is left of a piece without a region that it meets, in pieces without anything in common.
fn without<'b>(
    conditions: &Conditions<'b>,
    mut piece: Region<'b>,
    region: &Region<'b>,
    mut rest: impl FnMut(Region<'b>),
) {
    for (axis, taken) in region {
        let own = piece.get(axis).cloned().unwrap_or_else(|| Rc::new(anything(conditions, *axis)));
        let outside = own.without(taken);
        if outside.is_empty() {
            continue;
        }
        let mut left = piece.clone();
        left.insert(*axis, Rc::new(outside));
        rest(left);
        piece.insert(*axis, Rc::new(own.and(taken)));
    }
}

/// The stages at which the page's budget never refuses the winner and then takes the rule.
fn unrefused(bundle: &Bundle, winner: &Rule, rule: &Rule) -> Stages {
    let is_unrefused = |stage: &Stage| {
        winner.kind == rule.kind
            || bundle.stages.get(*stage as usize).is_some_and(|plan| {
                plan.uncounted.contains(&winner.kind)
                    && plan.allowed.contains(&winner.kind)
                    && plan.limits.iter().all(|(limited, _)| *limited != winner.kind)
            })
    };
    winner.stages.iter().filter(is_unrefused).collect()
}
