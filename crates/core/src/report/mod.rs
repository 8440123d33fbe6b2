//! What a decision is and why, in words: numbers of the evaluator, put together with the notes of the bundle.
//!
//! Nothing here goes into the edge module. The worker does the same in TypeScript, and tests hold both to the same bytes.

mod decision;
mod explanation;
pub mod trace;

pub use decision::{ChangeReport, EditReport, Report, SlotReport};
pub use explanation::{
    Explanation, OUTCOMES, Reason, RuleExplanation, SegmentExplanation, SignalExplanation, UNKNOWNS,
};
