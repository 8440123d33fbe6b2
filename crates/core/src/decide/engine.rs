//! A bundle that is ready to decide.

use alloc::vec::Vec;

use super::index::{RuledOut, StageIndex};
use super::pass::Pass;
use super::visitor::{News, Visitor};
use super::{CachePolicy, Decision, DefaultReason, Preview, trace, visitor};
use crate::bundle::Bundle;
use crate::condition::Truths;
use crate::device::Class;
use crate::profile::Keys;
use crate::request::Request;
use crate::signal::Signals;
use crate::stage::Stage;
use crate::url::{Captures, Url};

/// What a decision needs besides the bundle and the request.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Keys of the profile cookie.
    pub keys: &'a Keys,
    /// What a preview pretends, if this is one.
    pub preview: Option<&'a Preview>,
}

/// Memory that one decision after the other uses, so that deciding allocates nothing but its output.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(super) truths: Truths,
    pub(super) alive: Vec<u64>,
    ruled_out: RuledOut,
}

/// A bundle with what is derived from it once.
#[derive(Debug)]
pub struct Engine {
    bundle: Bundle,
    pub(super) stages: Vec<StageIndex>,
}

impl Engine {
    /// Makes a bundle that was loaded ready.
    #[must_use]
    pub fn new(bundle: Bundle) -> Self {
        let stages = bundle.stages.iter().map(|plan| StageIndex::new(&bundle, plan)).collect();
        Self { bundle, stages }
    }

    /// The bundle.
    #[must_use]
    pub fn bundle(&self) -> &Bundle {
        &self.bundle
    }

    /// The journey stage of a URL.
    #[must_use]
    pub fn stage(&self, url: &str) -> Option<Stage> {
        route(&self.bundle, Url::parse(url)).map(|(stage, _)| stage)
    }

    /// Decides what a request gets.
    ///
    /// The same bundle, request and context give the same decision, byte for byte, on every machine.
    #[must_use]
    pub fn decide(&self, request: &Request<'_>, context: &Context<'_>, scratch: &mut Scratch) -> Decision {
        self.run(request, context, scratch, None)
    }

    /// Decides as [`Self::decide`] does and appends why, as [`crate::report::Explanation`] reads it, to `trace`.
    #[must_use]
    pub fn explain(
        &self,
        request: &Request<'_>,
        context: &Context<'_>,
        scratch: &mut Scratch,
        trace: &mut Vec<u8>,
    ) -> Decision {
        self.run(request, context, scratch, Some(trace))
    }

    fn run(
        &self,
        request: &Request<'_>,
        context: &Context<'_>,
        scratch: &mut Scratch,
        trace: Option<&mut Vec<u8>>,
    ) -> Decision {
        let bundle = &self.bundle;
        let url = Url::parse(request.url);
        let (stage, captures) = route(bundle, url).unzip();
        let granted = visitor::granted(bundle, request, context);
        let visitor = stage.and_then(|_| visitor::arrive(bundle, request, context, granted));
        let (mut decision, news) = {
            let profile = visitor.as_ref().map(|visitor| &visitor.profile);
            let signals = Signals::new(bundle, request, granted, profile, url, captures);
            let judged = self.judge(&signals, visitor.as_ref(), stage, context, scratch, trace);
            let news = stage.filter(|_| judged.counts).map(|stage| News::of(stage, &signals));
            (judged, news)
        };
        if let (Some(visitor), Some(news)) = (visitor, news) {
            decision.profile =
                visitor::leave(visitor, &news, &decision.winners, bundle, request.now_minutes());
        }
        decision
    }

    /// Everything but what becomes of the profile.
    fn judge<'a>(
        &'a self,
        signals: &'a Signals<'a>,
        visitor: Option<&'a Visitor>,
        stage: Option<Stage>,
        context: &'a Context<'a>,
        scratch: &'a mut Scratch,
        trace: Option<&mut Vec<u8>>,
    ) -> Decision {
        let bundle = &self.bundle;
        let plan = stage.and_then(|stage| bundle.stages.get(stage as usize));
        let is_bot = signals.device().class == Class::Bot;
        let mut reason = match (plan, stage) {
            (None, _) | (_, None) => Some(DefaultReason::NoStage),
            _ if is_bot => Some(DefaultReason::Bot),
            (_, Some(stage)) => {
                let held_out = visitor.is_some_and(|visitor| visitor.is_held_out(bundle, stage));
                (held_out && context.preview.is_none()).then_some(DefaultReason::Holdout)
            }
        };
        let Scratch { truths, alive, ruled_out } = scratch;
        let mut pass = Pass::new(bundle, signals, visitor, context.preview, truths);
        if reason.is_none()
            && let Some(plan) = plan
        {
            let index = stage.and_then(|stage| self.stages.get(stage as usize));
            match (index, &trace) {
                (Some(index), None) if context.preview.is_none() => {
                    pass.candidates(plan, index, alive, ruled_out);
                }
                _ => pass.all(plan),
            }
            reason = pass.winners.is_empty().then_some(DefaultReason::NoRule);
        }
        if let Some(trace) = trace {
            trace::write(&mut pass, trace);
        }
        let Pass { winners, edits, .. } = pass;

        let cache = match plan {
            Some(_) if context.preview.is_some() => CachePolicy::Private,
            Some(plan) => CachePolicy::of(&plan.cache, signals),
            None => CachePolicy::Static,
        };
        let mut preloads = Vec::new();
        for winner in &winners {
            if let Some((_, variant)) = winner.of(bundle) {
                preloads.extend_from_slice(&variant.preloads);
            }
        }
        Decision {
            stage,
            reason,
            winners,
            edits,
            preloads,
            market: signals.market_index(),
            profile: None,
            counts: !is_bot && !signals.request.is_prefetch() && context.preview.is_none(),
            cache,
        }
    }
}

/// The stage of a URL and what its route captured.
pub(super) fn route<'a>(bundle: &'a Bundle, url: Option<Url<'a>>) -> Option<(Stage, Captures<'a>)> {
    let path = url?.path;
    let (route, captures) =
        bundle.site.routes.iter().find_map(|route| Some((route, route.pattern.matches(path)?)))?;
    Some((route.stage?, captures))
}
