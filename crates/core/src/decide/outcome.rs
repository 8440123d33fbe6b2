//! How a rule fared.

use crate::condition::NodeId;
use crate::value::Unknown;

/// How a rule fared in one decision, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It fills its slot.
    Won,
    /// A rule earlier in the order has the slot.
    SlotTaken {
        /// That rule.
        by: u32,
    },
    /// The visitor is not in one of its segments.
    NotInSegment {
        /// That segment.
        segment: u16,
    },
    /// There is no data to say whether the visitor is in one of its segments.
    SegmentUnknown {
        /// That segment.
        segment: u16,
    },
    /// Its own condition does not hold.
    ConditionFalse,
    /// There is no data to say whether its own condition holds.
    ConditionUnknown,
    /// Its schedule has not begun.
    TooEarly,
    /// Its schedule is over.
    TooLate,
    /// Its review is overdue past the grace period.
    ReviewOverdue,
    /// The stage does not allow what it does.
    KindForbidden,
    /// The page has as many interventions as the stage allows.
    OverBudget,
    /// The visitor has seen it as often as its cap allows.
    Capped,
    /// It has a cap, and there is no profile to count views in.
    CapUnknown,
    /// The visitor is outside its experiment.
    NotInExperiment,
    /// It is an experiment, and there is no profile to assign a variant by.
    ExperimentUnknown,
    /// A placeholder of its content has no value.
    ContentUnknown {
        /// The placeholder.
        placeholder: NodeId,
        /// Why it has none.
        reason: Unknown,
    },
    /// It shows prices, and the visitor's market is not known.
    NoMarket,
}
