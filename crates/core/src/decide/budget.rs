//! How much a page may carry: the stage's law at run time.

use alloc::vec;
use alloc::vec::Vec;

use super::Outcome;
use crate::bundle::{Kind, StagePlan};

/// What is left of a page's interventions, and which slots are taken.
pub(super) struct Budget<'a> {
    plan: &'a StagePlan,
    interventions: u8,
    by_kind: [u8; Kind::ALL.len()],
    /// The winner of each slot.
    slots: Vec<Option<u32>>,
}

impl<'a> Budget<'a> {
    pub(super) fn new(plan: &'a StagePlan, slots: usize) -> Self {
        Self { plan, interventions: 0, by_kind: [0; Kind::ALL.len()], slots: vec![None; slots] }
    }

    /// Why a rule of `kind` for `slot` cannot be added, if so.
    pub(super) fn refuses(&self, kind: Kind, slot: u16) -> Option<Outcome> {
        if let Some(Some(by)) = self.slots.get(usize::from(slot)) {
            return Some(Outcome::SlotTaken { by: *by });
        }
        if !self.plan.allowed.contains(&kind) {
            return Some(Outcome::KindForbidden);
        }
        let spent = self.by_kind.get(kind as usize).copied().unwrap_or(u8::MAX);
        let is_limited = self.plan.limits.iter().any(|&(limited, most)| limited == kind && spent >= most);
        let is_full = self.counts(kind) && self.interventions >= self.plan.max_interventions;
        (is_limited || is_full).then_some(Outcome::OverBudget)
    }

    /// Books a winner.
    pub(super) fn take(&mut self, kind: Kind, slot: u16, rule: u32) {
        if self.counts(kind) {
            self.interventions = self.interventions.saturating_add(1);
        }
        if let Some(spent) = self.by_kind.get_mut(kind as usize) {
            *spent = spent.saturating_add(1);
        }
        if let Some(taken) = self.slots.get_mut(usize::from(slot)) {
            *taken = Some(rule);
        }
    }

    fn counts(&self, kind: Kind) -> bool {
        !self.plan.uncounted.contains(&kind)
    }
}
