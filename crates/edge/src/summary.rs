//! A decision in one number.
//!
//! | bits | meaning |
//! |---|---|
//! | 0–3 | stage, counted from 1 in the journey's order; 0 for none |
//! | 4–6 | why nothing changes: 0 it does, 1 no stage, 2 bot, 3 holdout, 4 no rule |
//! | 7–8 | cache policy: 0 static, 1 shared, 2 private |
//! | 9 | the page is edited |
//! | 10 | the profile changed: there is a cookie to set |
//! | 11 | there are images to preload |
//! | 12 | the winners count as seen |
//! | 13 | the stage's rules read the page before deciding |

use footlight_core::bundle::Bundle;
use footlight_core::decide::{CachePolicy, Decision, DefaultReason};

pub(crate) fn summary(bundle: &Bundle, decision: &Decision) -> u32 {
    let stage = decision.stage.map_or(0, |stage| stage as u32 + 1);
    let reason = match decision.reason {
        None => 0,
        Some(DefaultReason::NoStage) => 1,
        Some(DefaultReason::Bot) => 2,
        Some(DefaultReason::Holdout) => 3,
        Some(DefaultReason::NoRule) => 4,
    };
    let cache = match decision.cache {
        CachePolicy::Static => 0,
        CachePolicy::Shared { .. } => 1,
        CachePolicy::Private => 2,
    };
    let plan = decision.stage.and_then(|stage| bundle.stages.get(stage as usize));
    let flags = [
        !decision.edits.is_empty(),
        decision.profile.is_some(),
        !decision.preloads.is_empty(),
        decision.counts,
        plan.is_some_and(|plan| plan.reads_page),
    ];
    let flags = flags.iter().zip(9..).fold(0, |bits, (&flag, bit)| bits | u32::from(flag) << bit);
    stage | reason << 4 | cache << 7 | flags
}
