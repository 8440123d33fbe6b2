//! Rules whose page is always full before it is their turn: the stage's law lets a page carry only so much.

use std::collections::BTreeMap;
use std::rc::Rc;

use footlight_core::bundle::{Bundle, Kind, Rule, StagePlan};
use footlight_core::stage::{Stage, Stages};

use super::condition::Conditions;
use super::earlier::{Earlier, Pins};
use super::facts::{Axis, Facts, is_within, stage_values};
use super::needs::Needs;

/// A rule that finds no room, and rules that take it, at the first stage at which it could be.
pub(super) struct Crowded {
    pub(super) rule: usize,
    pub(super) stage: Stage,
    pub(super) by: Vec<usize>,
}

/// A rule that surely takes room from those behind it, wherever it applies.
struct Taker {
    /// Whether whoever has its slot instead is counted, too.
    is_counted: bool,
    /// Whether whoever has its slot instead is of its kind.
    is_alike: bool,
}

/// What the rules for one slot at one stage are, so far.
#[derive(Default)]
struct Place {
    has_uncounted: bool,
    kind: Option<Kind>,
    is_mixed: bool,
}

/// The rules that the budgets of all their stages refuse whenever they apply.
pub(super) fn crowded<'b>(
    conditions: &Conditions<'b>,
    facts: &[Option<Facts<'b>>],
    pins: &Pins<'b>,
) -> Vec<Crowded> {
    let bundle = conditions.bundle;
    let needs: Vec<Needs> = bundle.rules.iter().map(|rule| Needs::of(bundle, rule)).collect();
    let mut takers: BTreeMap<(Stage, usize), Taker> = BTreeMap::new();
    let mut by_stage: BTreeMap<Stage, Earlier<'b>> = BTreeMap::new();
    let mut places: BTreeMap<(Stage, u16), Place> = BTreeMap::new();
    let mut found = Vec::new();
    for (index, rule) in bundle.rules.iter().enumerate() {
        let own = facts.get(index).and_then(Option::as_ref);
        let refused = own.zip(needs.get(index)).and_then(|(own, own_needs)| {
            let of = |taker: usize| Some((facts.get(taker)?.as_ref()?, needs.get(taker)?));
            let mut first = None;
            for stage in rule.stages.iter() {
                let here = stage_values(Stages::default().with(stage));
                if !own.region.get(&Axis::Stage).is_some_and(|stages| stages.meets(&here)) {
                    continue;
                }
                let mut region = own.region.clone();
                region.insert(Axis::Stage, Rc::new(here));
                let surely = |taker: &usize| {
                    of(*taker).is_some_and(|(facts, needs)| {
                        is_within(&region, &facts.region)
                            && facts.opaque.iter().all(|&opaque| own.implies(conditions, opaque))
                            && needs.are_met_by(conditions, own_needs, own)
                    })
                };
                let before = by_stage.get(&stage).map(|before| before.that_can_hold(own)).unwrap_or_default();
                let before = before.into_iter().filter(surely);
                let by = full(
                    bundle,
                    stage,
                    rule,
                    before.filter_map(|taker| Some((taker, takers.get(&(stage, taker))?))),
                )?;
                first.get_or_insert((stage, by));
            }
            first
        });
        found.extend(refused.map(|(stage, by)| Crowded { rule: index, stage, by }));
        for stage in rule.stages.iter() {
            let Some(plan) = bundle.stages.get(stage as usize) else { continue };
            let place = places.entry((stage, rule.slot)).or_default();
            place.has_uncounted |= plan.uncounted.contains(&rule.kind);
            place.is_mixed |= place.kind.is_some_and(|kind| kind != rule.kind);
            place.kind = Some(rule.kind);
            if own.is_some() && rule.cap.is_none() && rule.experiment.is_none() {
                by_stage.entry(stage).or_default().push(index, pins.of(index));
                let taker = Taker { is_counted: !place.has_uncounted, is_alike: !place.is_mixed };
                takers.insert((stage, index), taker);
            }
        }
    }
    found
}

/// Those of the takers that leave no room for a rule at a stage, if they do: each in a slot of its own.
fn full<'t>(
    bundle: &Bundle,
    stage: Stage,
    rule: &Rule,
    takers: impl Iterator<Item = (usize, &'t Taker)>,
) -> Option<Vec<usize>> {
    let plan = bundle.stages.get(stage as usize)?;
    let limit_of =
        |kind: Kind| plan.limits.iter().find(|(limited, _)| *limited == kind).map(|(_, most)| *most);
    let page = (!plan.uncounted.contains(&rule.kind)).then_some(plan.max_interventions);
    let (mut of_page, mut of_kind) = (Room::new(page), Room::new(limit_of(rule.kind)));
    for (index, taker) in takers {
        let Some(other) = bundle.rules.get(index) else { continue };
        if other.slot == rule.slot {
            continue;
        }
        let is_same = other.kind == rule.kind;
        // A rule of a limited kind may be refused itself; of this one's kind, then this one is refused, too.
        if taker.is_counted && counts(plan, other.kind) && (is_same || limit_of(other.kind).is_none()) {
            of_page.take(other.slot, index);
        }
        if taker.is_alike && is_same {
            of_kind.take(other.slot, index);
        }
        if let Some(by) = of_page.full().or_else(|| of_kind.full()) {
            return Some(by);
        }
    }
    None
}

fn counts(plan: &StagePlan, kind: Kind) -> bool {
    !plan.uncounted.contains(&kind)
}

/// What is left of a budget.
struct Room {
    most: Option<u8>,
    /// By slot: who takes it.
    taken: BTreeMap<u16, usize>,
}

impl Room {
    const fn new(most: Option<u8>) -> Self {
        Self { most, taken: BTreeMap::new() }
    }

    fn take(&mut self, slot: u16, rule: usize) {
        self.taken.entry(slot).or_insert(rule);
    }

    /// Who fills it. A stage without any room is another matter.
    fn full(&self) -> Option<Vec<usize>> {
        let most = self.most.filter(|most| *most > 0)?;
        (self.taken.len() >= usize::from(most)).then(|| self.taken.values().copied().collect())
    }
}
