//! One pass over a stage's rules, in their order; the first that applies has its slot.

use alloc::vec::Vec;

use super::budget::Budget;
use super::index::{self, RuledOut, StageIndex};
use super::visitor::Visitor;
use super::{Outcome, Preview, SlotEdit, Winner, render};
use crate::bundle::{Bundle, Rule, StagePlan, Variant};
use crate::condition::{Evaluation, Truths};
use crate::signal::Signals;
use crate::value::Truth;

/// The state of one pass.
pub(super) struct Pass<'a> {
    pub(super) bundle: &'a Bundle,
    pub(super) signals: &'a Signals<'a>,
    visitor: Option<&'a Visitor>,
    preview: Option<&'a Preview>,
    pub(super) evaluation: Evaluation<'a>,
    /// The rules that won.
    pub(super) winners: Vec<Winner>,
    pub(super) edits: Vec<SlotEdit>,
    /// How each rule fared, kept only when every rule is looked at.
    pub(super) outcomes: Vec<(u32, Outcome)>,
}

impl<'a> Pass<'a> {
    pub(super) fn new(
        bundle: &'a Bundle,
        signals: &'a Signals<'a>,
        visitor: Option<&'a Visitor>,
        preview: Option<&'a Preview>,
        truths: &'a mut Truths,
    ) -> Self {
        let evaluation = Evaluation::new(&bundle.nodes, &bundle.texts, signals, truths);
        let (winners, edits, outcomes) = (Vec::new(), Vec::new(), Vec::new());
        Self { bundle, signals, visitor, preview, evaluation, winners, edits, outcomes }
    }

    /// Looks only at the rules that could apply.
    pub(super) fn candidates(
        &mut self,
        plan: &'a StagePlan,
        index: &StageIndex,
        alive: &mut Vec<u64>,
        ruled_out: &mut RuledOut,
    ) {
        let mut budget = Budget::new(self.bundle, plan);
        index.candidates(self.signals, alive);
        ruled_out.begin(self.bundle.segments.len());
        let mut position = 0;
        while let Some(found) = index::next(alive, position) {
            position = found + 1;
            if index.is_ruled_out(found, ruled_out) {
                continue;
            }
            let Some(&number) = plan.rules.get(found) else { continue };
            let Some(rule) = self.bundle.rules.get(number as usize) else { continue };
            match self.consider(&mut budget, number, rule, false) {
                Outcome::Won => index.drop_slot(rule.slot, alive),
                Outcome::NotInSegment { segment } | Outcome::SegmentUnknown { segment } => {
                    ruled_out.segment(segment);
                }
                Outcome::KindForbidden | Outcome::OverBudget => ruled_out.kind(rule.kind),
                _ => {}
            }
        }
    }

    /// Looks at every rule and notes how it fared; a rule that a preview forces goes first, so that nothing can take
    /// its slot.
    pub(super) fn all(&mut self, plan: &'a StagePlan) {
        let mut budget = Budget::new(self.bundle, plan);
        let forced =
            self.preview.and_then(|preview| preview.rule).filter(|forced| plan.rules.contains(forced));
        let mut look_at = |number, is_forced| {
            if let Some(rule) = self.bundle.rules.get(number as usize) {
                let outcome = self.consider(&mut budget, number, rule, is_forced);
                self.outcomes.push((number, outcome));
            }
        };
        if let Some(forced) = forced {
            look_at(forced, true);
        }
        for &number in &plan.rules {
            if Some(number) != forced {
                look_at(number, false);
            }
        }
    }

    pub(super) fn consider(
        &mut self,
        budget: &mut Budget<'_>,
        number: u32,
        rule: &Rule,
        is_forced: bool,
    ) -> Outcome {
        match self.admit(budget, rule, is_forced) {
            Ok(variant) => {
                budget.take(rule.kind);
                self.winners.push(Winner { rule: number, variant });
                Outcome::Won
            }
            Err(outcome) => outcome,
        }
    }

    /// The variant of a rule that applies and can be shown, its changes added.
    fn admit(&mut self, budget: &Budget<'_>, rule: &Rule, is_forced: bool) -> Result<u8, Outcome> {
        if let Some(refusal) = budget.refuses(rule, &self.winners) {
            return Err(refusal);
        }
        if !is_forced {
            self.applies(rule)?;
        }
        let index = self.variant(rule)?;
        if let Some(variant) = rule.variants.get(usize::from(index)) {
            render::render(self.bundle, variant, self.signals, &mut self.evaluation, &mut self.edits)?;
        }
        Ok(index)
    }

    pub(super) fn applies(&mut self, rule: &Rule) -> Result<(), Outcome> {
        let now = self.signals.request.now_ms;
        if rule.schedule.from_ms.is_some_and(|from| now < from) {
            return Err(Outcome::TooEarly);
        }
        if rule.schedule.until_ms.is_some_and(|until| now >= until) {
            return Err(Outcome::TooLate);
        }
        if now >= rule.schedule.expires_ms {
            return Err(Outcome::ReviewOverdue);
        }
        for &segment in &rule.segments {
            let condition = self.bundle.segments.get(usize::from(segment)).map(|segment| segment.condition);
            match condition.map_or(Truth::Unknown, |condition| self.evaluation.truth(condition)) {
                Truth::True => {}
                Truth::False => return Err(Outcome::NotInSegment { segment }),
                Truth::Unknown => return Err(Outcome::SegmentUnknown { segment }),
            }
        }
        match rule.condition.map_or(Truth::True, |condition| self.evaluation.truth(condition)) {
            Truth::True => {}
            Truth::False => return Err(Outcome::ConditionFalse),
            Truth::Unknown => return Err(Outcome::ConditionUnknown),
        }
        if let Some(cap) = rule.cap {
            let visitor = self.visitor.ok_or(Outcome::CapUnknown)?;
            if !visitor.profile.allows(cap, self.signals.request.now_minutes()) {
                return Err(Outcome::Capped);
            }
        }
        Ok(())
    }

    /// Which variant of the rule this visitor sees.
    fn variant(&self, rule: &Rule) -> Result<u8, Outcome> {
        let Some(experiment) = &rule.experiment else { return Ok(0) };
        if let Some(preview) = self.preview {
            let wanted = |variant: &Variant| match preview.variant {
                Some(name) => variant.name == name,
                None => !variant.edits.is_empty(),
            };
            let found = rule.variants.iter().position(wanted);
            return Ok(found.and_then(|index| u8::try_from(index).ok()).unwrap_or(0));
        }
        let visitor = self.visitor.ok_or(Outcome::ExperimentUnknown)?;
        let kept = experiment.sticky_key.and_then(|key| visitor.profile.kept_variant(key));
        let kept = kept.filter(|&variant| usize::from(variant) < rule.variants.len());
        kept.or_else(|| experiment.assign(&self.bundle.texts, &visitor.id())).ok_or(Outcome::NotInExperiment)
    }
}
