//! What is counted of a replay.

use std::collections::BTreeMap;

use footlight_core::bundle::Bundle;
use footlight_core::decide::{Fared, Outcome};
use footlight_core::stage::Stage;

/// How many stages there are.
pub(crate) const STAGES: usize = Stage::ALL.len();

/// Everything that is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Requests whose URL is in no stage.
    pub(crate) no_stage: u64,
    /// Requests of bots.
    pub(crate) bots: u64,
    /// Requests ahead of a visit.
    pub(crate) prefetches: u64,
    /// Views that came before an earlier one of the same visitor.
    pub(crate) out_of_order: u64,
    /// Visitors with a view.
    pub(crate) visitors: u64,
    /// Visitors who were forgotten for want of room; who comes again counts as a new one.
    pub(crate) forgotten: u64,
    /// In the order of [`Stage::ALL`].
    pub(crate) stages: Vec<StageCount>,
    /// In the order of the bundle's segments.
    pub(crate) segments: Vec<SegmentCount>,
    /// In the order of the bundle's rules.
    pub(crate) rules: Vec<RuleCount>,
    /// How often a rule lost its slot to another: the loser, the winner.
    pub(crate) lost: BTreeMap<(u32, u32), u64>,
}

/// One stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StageCount {
    pub(crate) views: u64,
    pub(crate) visitors: u64,
    /// Views with consent to personalization.
    pub(crate) consented: u64,
    /// Views for which a rule won.
    pub(crate) personalized: u64,
    pub(crate) personalized_visitors: u64,
    pub(crate) held_out: u64,
    pub(crate) held_out_visitors: u64,
    /// For each of the signals that the stage's rules read.
    pub(crate) unknown: Vec<UnknownCount>,
}

/// How often a signal was unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct UnknownCount {
    pub(crate) views: u64,
    /// Of those, for want of consent.
    pub(crate) no_consent: u64,
}

/// One segment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SegmentCount {
    pub(crate) visitors: u64,
    pub(crate) stages: [SegmentStageCount; STAGES],
}

/// One segment at one stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SegmentStageCount {
    pub(crate) views: u64,
    pub(crate) visitors: u64,
    /// Views of which nobody knows whether the visitor was in it.
    pub(crate) unknown: u64,
}

/// One rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RuleCount {
    /// Visitors who saw it, a control included.
    pub(crate) visitors: u64,
    pub(crate) stages: [RuleStageCount; STAGES],
    /// For each of its variants.
    pub(crate) variants: Vec<VariantCount>,
}

/// One variant of a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct VariantCount {
    pub(crate) views: u64,
    /// Visitors who saw it first.
    pub(crate) visitors: u64,
}

/// One rule at one stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RuleStageCount {
    /// Views that it won.
    pub(crate) won: u64,
    pub(crate) visitors: u64,
    /// Views of which its schedule, segments, condition and cap held.
    pub(crate) applied: u64,
    /// Of those: another rule had the slot …
    pub(crate) lost: u64,
    /// … and among those one of the same priority;
    pub(crate) conflicts: u64,
    /// the page had no room for it;
    pub(crate) over_budget: u64,
    /// the stage does not allow its kind;
    pub(crate) forbidden: u64,
    /// the visitor was outside of its experiment;
    pub(crate) not_in_experiment: u64,
    /// a placeholder had no value, or there was no market.
    pub(crate) no_content: u64,
    /// Its segments and condition held, and its cap was reached.
    pub(crate) capped: u64,
    /// They held, and without consent there was no profile to count its cap or assign its variant by.
    pub(crate) no_profile: u64,
    /// Its schedule had not begun.
    pub(crate) too_early: u64,
    /// Its schedule was over.
    pub(crate) too_late: u64,
    /// Its review was overdue, and it had stopped.
    pub(crate) overdue: u64,
    /// Nobody knew whether its segments and condition held.
    pub(crate) unknown: u64,
    /// It lacked exactly one of two or more segments and conditions.
    pub(crate) near_misses: u64,
}

impl Counts {
    /// Nothing yet.
    pub(crate) fn new(bundle: &Bundle) -> Self {
        let variants = |count: usize| vec![VariantCount::default(); count];
        Self {
            stages: vec![StageCount::default(); STAGES],
            segments: vec![SegmentCount::default(); bundle.segments.len()],
            rules: bundle
                .rules
                .iter()
                .map(|rule| RuleCount { variants: variants(rule.variants.len()), ..RuleCount::default() })
                .collect(),
            ..Self::default()
        }
    }

    /// Counts how a rule fared with a view.
    pub(super) fn fared(&mut self, bundle: &Bundle, stage: Stage, fared: Fared) {
        let number = fared.rule as usize;
        let Some(count) = self.rules.get_mut(number).and_then(|rule| rule.stages.get_mut(stage as usize))
        else {
            return;
        };
        count.applied += u64::from(fared.applied);
        count.near_misses += u64::from(fared.is_near_miss);
        let counted = match fared.outcome {
            Outcome::Won => &mut count.won,
            Outcome::SlotTaken { by } => {
                let priority = |rule: u32| bundle.rules.get(rule as usize).map(|rule| rule.priority);
                count.conflicts += u64::from(priority(by) == priority(fared.rule));
                *self.lost.entry((fared.rule, by)).or_default() += 1;
                &mut count.lost
            }
            Outcome::OverBudget => &mut count.over_budget,
            Outcome::KindForbidden => &mut count.forbidden,
            Outcome::NotInExperiment => &mut count.not_in_experiment,
            Outcome::ContentUnknown { .. } | Outcome::NoMarket => &mut count.no_content,
            Outcome::Capped => &mut count.capped,
            Outcome::CapUnknown | Outcome::ExperimentUnknown => &mut count.no_profile,
            Outcome::TooEarly => &mut count.too_early,
            Outcome::TooLate => &mut count.too_late,
            Outcome::ReviewOverdue => &mut count.overdue,
            Outcome::SegmentUnknown { .. } | Outcome::ConditionUnknown => &mut count.unknown,
            Outcome::NotInSegment { .. } | Outcome::ConditionFalse => return,
        };
        *counted += 1;
    }

    /// Adds what another evaluator counted.
    pub(crate) fn add(&mut self, other: Self) {
        self.no_stage += other.no_stage;
        self.bots += other.bots;
        self.prefetches += other.prefetches;
        self.out_of_order += other.out_of_order;
        self.visitors += other.visitors;
        self.forgotten += other.forgotten;
        self.stages.iter_mut().zip(other.stages).for_each(|(all, more)| all.add(more));
        for (all, more) in self.segments.iter_mut().zip(other.segments) {
            all.visitors += more.visitors;
            for (all, more) in all.stages.iter_mut().zip(more.stages) {
                all.views += more.views;
                all.visitors += more.visitors;
                all.unknown += more.unknown;
            }
        }
        for (all, more) in self.rules.iter_mut().zip(other.rules) {
            all.visitors += more.visitors;
            all.stages.iter_mut().zip(more.stages).for_each(|(all, more)| *all = all.plus(more));
            for (all, more) in all.variants.iter_mut().zip(more.variants) {
                all.views += more.views;
                all.visitors += more.visitors;
            }
        }
        for (pair, count) in other.lost {
            *self.lost.entry(pair).or_default() += count;
        }
    }
}

impl StageCount {
    fn add(&mut self, more: Self) {
        self.views += more.views;
        self.visitors += more.visitors;
        self.consented += more.consented;
        self.personalized += more.personalized;
        self.personalized_visitors += more.personalized_visitors;
        self.held_out += more.held_out;
        self.held_out_visitors += more.held_out_visitors;
        if self.unknown.len() < more.unknown.len() {
            self.unknown.resize(more.unknown.len(), UnknownCount::default());
        }
        for (all, more) in self.unknown.iter_mut().zip(more.unknown) {
            all.views += more.views;
            all.no_consent += more.no_consent;
        }
    }
}

impl RuleStageCount {
    /// Both together.
    pub(crate) const fn plus(self, more: Self) -> Self {
        Self {
            won: self.won + more.won,
            visitors: self.visitors + more.visitors,
            applied: self.applied + more.applied,
            lost: self.lost + more.lost,
            conflicts: self.conflicts + more.conflicts,
            over_budget: self.over_budget + more.over_budget,
            forbidden: self.forbidden + more.forbidden,
            not_in_experiment: self.not_in_experiment + more.not_in_experiment,
            no_content: self.no_content + more.no_content,
            capped: self.capped + more.capped,
            no_profile: self.no_profile + more.no_profile,
            too_early: self.too_early + more.too_early,
            too_late: self.too_late + more.too_late,
            overdue: self.overdue + more.overdue,
            unknown: self.unknown + more.unknown,
            near_misses: self.near_misses + more.near_misses,
        }
    }
}

impl RuleCount {
    /// Views that it won at all stages.
    pub(crate) fn won(&self) -> u64 {
        self.stages.iter().map(|stage| stage.won).sum()
    }
}
