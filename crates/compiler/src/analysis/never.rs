//! Rules that can never win for a reason other than another rule.

use footlight_core::bundle::{Bundle, Kind, Rule, StagePlan};
use footlight_core::consent::Purpose;
use footlight_core::signal;
use footlight_core::stage::{Stage, Stages};

use super::facts::{Axis, Facts};

/// Why a rule never wins at a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// The stage shows nothing of its kind.
    NoRoom(Kind),
    /// Everybody whom it needs is held out.
    HeldOut,
}

/// The stages at which a rule can win, and why it cannot at the first of the others.
pub(super) fn open_stages(
    bundle: &Bundle,
    rule: &Rule,
    facts: &Facts<'_>,
) -> (Stages, Option<(Stage, Reason)>) {
    let needs_profile = rule.cap.is_some() || rule.experiment.is_some() || needs_consent(bundle, facts);
    let mut open = Stages::default();
    let mut closed = None;
    for stage in rule.stages.iter() {
        let has_room = bundle.stages.get(stage as usize).is_none_or(|plan| has_room(plan, rule.kind));
        let is_held_out = |share: f64| share >= 1.0 && needs_profile;
        let mut holdouts = bundle.site.holdouts.iter().filter(|holdout| holdout.stages.contains(stage));
        if !has_room {
            closed.get_or_insert((stage, Reason::NoRoom(rule.kind)));
        } else if holdouts.any(|holdout| is_held_out(holdout.share)) {
            closed.get_or_insert((stage, Reason::HeldOut));
        } else {
            open = open.with(stage);
        }
    }
    (open, closed)
}

/// What a stage does not allow at all is an error, and said where the kind is written.
fn has_room(plan: &StagePlan, kind: Kind) -> bool {
    let is_limited = plan.limits.iter().any(|&(limited, most)| limited == kind && most == 0);
    let is_counted = !plan.uncounted.contains(&kind);
    let is_full = is_counted && plan.max_interventions == 0;
    !is_limited && !is_full
}

/// Whether it only applies where something is known that takes consent to personalization. Only such visitors have a
/// profile, and only who has one can be held out.
fn needs_consent(bundle: &Bundle, facts: &Facts<'_>) -> bool {
    facts.region.iter().any(|(axis, values)| match axis {
        Axis::Signal(signal) => {
            values.is_known() && signal::purpose(bundle, *signal) == Purpose::Personalization
        }
        _ => false,
    })
}
