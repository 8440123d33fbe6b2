//! The one pass from a request to its decision.

use alloc::vec;
use alloc::vec::Vec;

use super::budget::Budget;
use super::explain::{self, Explanation};
use super::{CachePolicy, Decision, DefaultReason, Outcome, Preview, SlotEdit, render, visitor};
use crate::bundle::{Bundle, Rule, StagePlan};
use crate::condition::Evaluation;
use crate::device::Class;
use crate::profile::{Keys, Profile};
use crate::request::Request;
use crate::signal::Signals;
use crate::stage::Stage;
use crate::url::{Captures, Url};
use crate::value::Truth;

/// What a decision needs besides the bundle and the request.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Keys of the profile cookie.
    pub keys: &'a Keys,
    /// What a preview pretends, if this is one.
    pub preview: Option<&'a Preview>,
}

/// Decides what a request gets.
///
/// The same bundle, request and context give the same decision, byte for byte, on every machine.
#[must_use]
pub fn decide(bundle: &Bundle, request: &Request<'_>, context: &Context<'_>) -> Decision {
    run(bundle, request, context, None)
}

/// Decides as [`decide`] does and says why.
#[must_use]
pub fn explain(bundle: &Bundle, request: &Request<'_>, context: &Context<'_>) -> (Decision, Explanation) {
    let mut explanation = Explanation::default();
    let decision = run(bundle, request, context, Some(&mut explanation));
    (decision, explanation)
}

/// The stage of a URL and what its route captured.
pub(super) fn route<'a>(bundle: &'a Bundle, url: Option<Url<'a>>) -> Option<(Stage, Captures<'a>)> {
    let path = url?.path;
    let (route, captures) =
        bundle.site.routes.iter().find_map(|route| Some((route, route.pattern.matches(path)?)))?;
    Some((route.stage?, captures))
}

fn run(
    bundle: &Bundle,
    request: &Request<'_>,
    context: &Context<'_>,
    explanation: Option<&mut Explanation>,
) -> Decision {
    let url = Url::parse(request.url);
    let (stage, captures) = route(bundle, url).unzip();
    let granted = visitor::granted(bundle, request, context);
    let visitor = stage.and_then(|_| visitor::arrive(bundle, request, context, granted));
    let profile = visitor.as_ref().map(|visitor| &visitor.profile);
    let signals = Signals::new(bundle, request, granted, profile, url, captures);
    let mut pass = Pass {
        bundle,
        signals: &signals,
        profile,
        forced: context.preview.and_then(|preview| preview.rule),
        evaluation: Evaluation::new(&bundle.nodes, &bundle.texts, &signals),
        segments: vec![None; bundle.segments.len()],
        edits: Vec::new(),
        outcomes: explanation.is_some().then(Vec::new),
    };

    let plan = stage.and_then(|stage| bundle.stages.get(stage as usize));
    let is_bot = signals.device().class == Class::Bot;
    let winners = match plan {
        Some(plan) if !is_bot => pass.rules(plan),
        _ => Vec::new(),
    };
    let reason = match plan {
        None => Some(DefaultReason::NoStage),
        Some(_) if is_bot => Some(DefaultReason::Bot),
        Some(_) => winners.is_empty().then_some(DefaultReason::NoRule),
    };
    if let Some(explanation) = explanation {
        explain::fill(explanation, &mut pass, stage, reason);
    }

    let won = || winners.iter().filter_map(|&rule| bundle.rules.get(rule as usize));
    let counts = !is_bot && !request.is_prefetch() && context.preview.is_none();
    let cookie = match (&visitor, stage) {
        (Some(visitor), Some(stage)) if counts => visitor::leave(visitor, stage, won(), &signals, context),
        _ => None,
    };
    let cache = match plan {
        Some(_) if context.preview.is_some() => CachePolicy::Private,
        Some(plan) => CachePolicy::of(&plan.cache, &signals),
        None => CachePolicy::Static,
    };
    Decision {
        stage,
        reason,
        preloads: won().flat_map(|rule| rule.preloads.iter().copied()).collect(),
        edits: pass.edits,
        winners,
        market: signals.market_index(),
        cookie,
        counts,
        cache,
    }
}

/// The state of one pass over a stage's rules.
pub(super) struct Pass<'a> {
    pub(super) bundle: &'a Bundle,
    pub(super) signals: &'a Signals<'a>,
    profile: Option<&'a Profile>,
    forced: Option<u32>,
    pub(super) evaluation: Evaluation<'a>,
    /// Truth of each segment that a rule asked for.
    pub(super) segments: Vec<Option<Truth>>,
    edits: Vec<SlotEdit>,
    /// How each rule fared, kept only for explanations.
    pub(super) outcomes: Option<Vec<(u32, Outcome)>>,
}

impl Pass<'_> {
    /// Goes through the rules in their order; the first that applies has its slot.
    fn rules(&mut self, plan: &StagePlan) -> Vec<u32> {
        let mut winners = Vec::new();
        let mut budget = Budget::new(plan, self.bundle.slots.len());
        // A forced rule goes first, so that nothing can take its slot.
        let forced = self.forced.filter(|forced| plan.rules.contains(forced));
        let others = plan.rules.iter().copied().filter(|&rule| Some(rule) != forced);
        for index in forced.into_iter().chain(others) {
            let Some(rule) = self.bundle.rules.get(index as usize) else { continue };
            let outcome = match budget.refuses(rule.kind, rule.slot) {
                Some(refusal) => refusal,
                None => self.rule(rule, Some(index) == forced),
            };
            if outcome == Outcome::Won {
                budget.take(rule.kind, rule.slot, index);
                winners.push(index);
            }
            if let Some(outcomes) = &mut self.outcomes {
                outcomes.push((index, outcome));
            }
        }
        winners
    }

    fn rule(&mut self, rule: &Rule, is_forced: bool) -> Outcome {
        if !is_forced && let Err(outcome) = self.applies(rule) {
            return outcome;
        }
        match render::render(self.bundle, rule, self.signals, &mut self.evaluation, &mut self.edits) {
            Ok(()) => Outcome::Won,
            Err(outcome) => outcome,
        }
    }

    fn applies(&mut self, rule: &Rule) -> Result<(), Outcome> {
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
            match self.segment(segment) {
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
            let profile = self.profile.ok_or(Outcome::CapUnknown)?;
            if !profile.allows(cap, self.signals.request.now_minutes()) {
                return Err(Outcome::Capped);
            }
        }
        Ok(())
    }

    fn segment(&mut self, index: u16) -> Truth {
        let index = usize::from(index);
        if let Some(Some(truth)) = self.segments.get(index) {
            return *truth;
        }
        let Some(segment) = self.bundle.segments.get(index) else { return Truth::Unknown };
        let truth = self.evaluation.truth(segment.condition);
        if let Some(known) = self.segments.get_mut(index) {
            *known = Some(truth);
        }
        truth
    }
}
