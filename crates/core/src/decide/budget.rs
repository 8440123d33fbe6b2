//! How much a page may carry: the stage's law at run time.

use super::{Outcome, Winner};
use crate::bundle::{Bundle, Kind, Rule, StagePlan};

/// What has won so far, and what is left of a page's interventions.
pub(super) struct Budget<'a> {
    bundle: &'a Bundle,
    plan: &'a StagePlan,
    interventions: u8,
    by_kind: [u8; Kind::ALL.len()],
}

impl<'a> Budget<'a> {
    pub(super) fn new(bundle: &'a Bundle, plan: &'a StagePlan) -> Self {
        Self { bundle, plan, interventions: 0, by_kind: [0; Kind::ALL.len()] }
    }

    /// Why a rule cannot be added to those that won, if so.
    pub(super) fn refuses(&self, rule: &Rule, winners: &[Winner]) -> Option<Outcome> {
        for winner in winners {
            if self.bundle.rules.get(winner.rule as usize).is_some_and(|winner| winner.slot == rule.slot) {
                return Some(Outcome::SlotTaken { by: winner.rule });
            }
        }
        let kind = rule.kind;
        if !self.plan.allowed.contains(&kind) {
            return Some(Outcome::KindForbidden);
        }
        let spent = self.by_kind.get(kind as usize).copied().unwrap_or(u8::MAX);
        let is_limited = self.plan.limits.iter().any(|&(limited, most)| limited == kind && spent >= most);
        let is_full = self.counts(kind) && self.interventions >= self.plan.max_interventions;
        (is_limited || is_full).then_some(Outcome::OverBudget)
    }

    /// Books a winner.
    pub(super) fn take(&mut self, kind: Kind) {
        if self.counts(kind) {
            self.interventions = self.interventions.saturating_add(1);
        }
        if let Some(spent) = self.by_kind.get_mut(kind as usize) {
            *spent = spent.saturating_add(1);
        }
    }

    fn counts(&self, kind: Kind) -> bool {
        !self.plan.uncounted.contains(&kind)
    }
}
