//! Replaying many requests: the decisions of [`Engine::decide`], with what only a count of many asks for. A profile comes
//! and goes as it is, not as a cookie, and memory is used again. Not in the edge module.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::budget::Budget;
use super::engine::route;
use super::index;
use super::pass::Pass;
use super::visitor::{self, News, Visitor};
use super::{DefaultReason, Engine, Outcome, Scratch, SlotEdit, Winner};
use crate::bundle::{Bundle, Edit, Rule, StagePlan};
use crate::condition::{Node, NodeId};
use crate::consent::{Purpose, Purposes};
use crate::device::Class;
use crate::profile::Profile;
use crate::request::Request;
use crate::signal::{Signal, Signals};
use crate::stage::Stage;
use crate::template::Piece;
use crate::url::Url;
use crate::value::{Truth, Unknown, Value};

/// Stages with more rules are looked at through their index, and near misses are not counted there.
const MOST_RULES_LOOKED_AT: usize = 128;

/// What a request does not say of itself.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// What the visitor has consented to; a `Sec-GPC` is heeded already.
    pub granted: Purposes,
    /// The profile as the visitor's last request left it; none for a visitor who was never seen.
    pub profile: Option<&'a Profile>,
}

/// How a rule fared with one request, whatever other rules there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fared {
    /// The rule, an index into [`Bundle::rules`].
    pub rule: u32,
    /// Won, or why not. What is wrong with the rule itself comes before what other rules took from it.
    pub outcome: Outcome,
    /// Whether its schedule, segments, condition and cap all held: it would have won in a page of its own.
    pub applied: bool,
    /// Whether of two or more segments and conditions it lacked exactly one.
    pub is_near_miss: bool,
}

/// What one request came to.
#[derive(Debug, Default)]
pub struct Replayed {
    /// The journey stage, if the request is in one.
    pub stage: Option<Stage>,
    /// Why nothing changes, when nothing does.
    pub reason: Option<DefaultReason>,
    /// Whether it counts as a view: no bot, no prefetch.
    pub counts: bool,
    /// The visitor's market.
    pub market: Option<u16>,
    /// The rules that won, in the total order.
    pub winners: Vec<Winner>,
    /// Changes to the page.
    pub edits: Vec<SlotEdit>,
    /// How the stage's rules fared; those that the index ruled out are left out.
    pub fared: Vec<Fared>,
    /// Of a view: whether the visitor is in each of the bundle's segments.
    pub segments: Vec<Truth>,
    /// Of a view: which of the stage's signals, see [`Replay::signals`], were unknown, and why.
    pub unknown: Vec<(u32, Unknown)>,
    /// What the profile becomes, when it is written.
    pub profile: Option<Profile>,
}

/// A bundle that decides one request after the other.
#[derive(Debug)]
pub struct Replay<'e> {
    engine: &'e Engine,
    /// The signals that each stage's rules read.
    signals: Vec<Vec<Signal>>,
    scratch: Scratch,
}

impl<'e> Replay<'e> {
    /// Makes ready.
    #[must_use]
    pub fn new(engine: &'e Engine) -> Self {
        let bundle = engine.bundle();
        let signals = bundle.stages.iter().map(|plan| read_by(bundle, plan)).collect();
        Self { engine, signals, scratch: Scratch::default() }
    }

    /// The signals that a stage's rules read, with their segments and contents.
    #[must_use]
    pub fn signals(&self, stage: Stage) -> &[Signal] {
        self.signals.get(stage as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether every rule of a stage is looked at for every request, so that near misses are counted.
    #[must_use]
    pub fn looks_at_all(plan: &StagePlan) -> bool {
        plan.rules.len() <= MOST_RULES_LOOKED_AT
    }

    /// Decides one request.
    pub fn run(&mut self, request: &Request<'_>, arrival: Arrival<'_>, out: &mut Replayed) {
        let bundle = self.engine.bundle();
        out.clear();
        let url = Url::parse(request.url);
        let (stage, captures) = route(bundle, url).unzip();
        out.stage = stage;
        let plan = stage.and_then(|stage| bundle.stages.get(stage as usize));
        let (Some(stage), Some(plan)) = (stage, plan) else {
            out.reason = Some(DefaultReason::NoStage);
            return;
        };
        let visitor = arrive(bundle, request, arrival);
        let news = {
            let profile = visitor.as_ref().map(|visitor| &visitor.profile);
            let signals = Signals::new(bundle, request, arrival.granted, profile, url, captures);
            let is_bot = signals.device().class == Class::Bot;
            out.counts = !is_bot && !request.is_prefetch();
            let is_held_out = !is_bot && visitor.as_ref().is_some_and(|it| it.is_held_out(bundle, stage));
            out.reason = match (is_bot, is_held_out) {
                (true, _) => Some(DefaultReason::Bot),
                (false, true) => Some(DefaultReason::Holdout),
                (false, false) => None,
            };
            let Scratch { truths, alive, .. } = &mut self.scratch;
            let mut pass = Pass::new(bundle, &signals, visitor.as_ref(), None, truths);
            core::mem::swap(&mut pass.winners, &mut out.winners);
            core::mem::swap(&mut pass.edits, &mut out.edits);
            if out.reason.is_none() {
                let mut budget = Budget::new(bundle, plan);
                let index = self.engine.stages.get(stage as usize);
                match index.filter(|_| !Self::looks_at_all(plan)) {
                    None => {
                        for &number in &plan.rules {
                            out.fared.extend(look_at(&mut pass, &mut budget, number, true));
                        }
                    }
                    Some(index) => {
                        index.candidates(&signals, alive);
                        let mut position = 0;
                        while let Some(found) = index::next(alive, position) {
                            position = found + 1;
                            if let Some(&number) = plan.rules.get(found) {
                                out.fared.extend(look_at(&mut pass, &mut budget, number, false));
                            }
                        }
                    }
                }
                out.reason = pass.winners.is_empty().then_some(DefaultReason::NoRule);
            }
            if out.counts {
                let conditions = bundle.segments.iter().map(|segment| segment.condition);
                out.segments.extend(conditions.map(|condition| pass.evaluation.truth(condition)));
                for (place, &signal) in (0..).zip(self.signals.get(stage as usize).into_iter().flatten()) {
                    if let Value::Unknown(reason) = signals.read(signal) {
                        out.unknown.push((place, reason));
                    }
                }
            }
            core::mem::swap(&mut pass.winners, &mut out.winners);
            core::mem::swap(&mut pass.edits, &mut out.edits);
            out.market = signals.market_index();
            out.counts.then(|| News::of(stage, &signals))
        };
        if let (Some(visitor), Some(news)) = (visitor, news) {
            out.profile = visitor::leave(visitor, &news, &out.winners, bundle, request.now_minutes());
        }
    }
}

impl Replayed {
    fn clear(&mut self) {
        let Self { winners, edits, fared, segments, unknown, .. } = self;
        winners.clear();
        edits.clear();
        fared.clear();
        segments.clear();
        unknown.clear();
        (self.stage, self.reason, self.counts, self.market, self.profile) = (None, None, false, None, None);
    }
}

/// As [`visitor::arrive`], without a cookie between.
fn arrive(bundle: &Bundle, request: &Request<'_>, arrival: Arrival<'_>) -> Option<Visitor> {
    if !arrival.granted.contains(Purpose::Personalization) {
        return None;
    }
    let now = request.now_minutes();
    Some(match arrival.profile.cloned() {
        Some(mut profile) => {
            let changed = profile.arrive(now, bundle.site.profile.visit_gap_minutes);
            Visitor::new(profile, changed)
        }
        None => Visitor::new(Profile::new(request.entropy, now), true),
    })
}

fn look_at(
    pass: &mut Pass<'_>,
    budget: &mut Budget<'_>,
    number: u32,
    counts_near_misses: bool,
) -> Option<Fared> {
    let rule = pass.bundle.rules.get(number as usize)?;
    let (outcome, applied) = match pass.applies(rule) {
        Ok(()) => (pass.consider(budget, number, rule, true), true),
        Err(outcome) => (outcome, false),
    };
    let is_near_miss = counts_near_misses && is_near_miss(pass, rule, outcome);
    Some(Fared { rule: number, outcome, applied, is_near_miss })
}

fn is_near_miss(pass: &mut Pass<'_>, rule: &Rule, outcome: Outcome) -> bool {
    let lacks_audience = matches!(
        outcome,
        Outcome::NotInSegment { .. }
            | Outcome::SegmentUnknown { .. }
            | Outcome::ConditionFalse
            | Outcome::ConditionUnknown
    );
    if !lacks_audience || rule.segments.len() + usize::from(rule.condition.is_some()) < 2 {
        return false;
    }
    let segments = rule.segments.iter().filter_map(|&segment| pass.bundle.segments.get(usize::from(segment)));
    let conditions = segments.map(|segment| segment.condition).chain(rule.condition);
    conditions.filter(|&condition| pass.evaluation.truth(condition) != Truth::True).count() == 1
}

/// The signals that a stage's rules read, each once.
fn read_by(bundle: &Bundle, plan: &StagePlan) -> Vec<Signal> {
    let mut signals = BTreeSet::new();
    let mut pending: Vec<NodeId> = Vec::new();
    for rule in plan.rules.iter().filter_map(|&number| bundle.rules.get(number as usize)) {
        let segments = rule.segments.iter().filter_map(|&segment| bundle.segments.get(usize::from(segment)));
        pending.extend(segments.map(|segment| segment.condition).chain(rule.condition));
        for edit in rule.variants.iter().flat_map(|variant| &variant.edits) {
            let (Edit::Insert { content, .. } | Edit::SetAttribute { content, .. }) = edit else { continue };
            let Some(content) = bundle.contents.get(usize::from(*content)) else { continue };
            let variants = content.variants.iter().map(|(_, template)| template);
            for piece in variants.chain([&content.default]).flat_map(|template| &template.pieces) {
                if let Piece::Placeholder { value, .. } = piece {
                    pending.push(*value);
                }
            }
        }
    }
    let mut seen = alloc::vec![false; bundle.nodes.len()];
    while let Some(id) = pending.pop() {
        let (Some(node), Some(seen)) = (bundle.nodes.get(id.0 as usize), seen.get_mut(id.0 as usize)) else {
            continue;
        };
        if core::mem::replace(seen, true) {
            continue;
        }
        if let Node::Signal(signal) = node {
            signals.insert(*signal);
        }
        node.operands(|operand| pending.push(operand));
    }
    signals.into_iter().collect()
}
